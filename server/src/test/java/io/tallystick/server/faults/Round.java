package io.tallystick.server.faults;

import io.tallystick.server.proof.Client;
import io.tallystick.server.proof.Sample;
import io.tallystick.server.proof.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Plays one script against servers that follow each other in one directory. */
final class Round {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RESENDINGS_MAX = 20;

    private final Script script;
    private final ServerProcess.Program program;
    private final Path directory;
    private final HttpClient http;
    private final Ledger ledger;
    private final Correctors correctors;
    private int kills;
    private int killsInCheckpoint;
    private int stalls;

    Round(Script script, ServerProcess.Program program, Path directory, HttpClient http) {
        this.script = script;
        this.program = program;
        this.directory = directory;
        this.http = http;
        ledger = new Ledger(script);
        correctors = new Correctors(script);
    }

    /**
     * Plays it to the end.
     *
     * @param first a server in the directory, without data; it is closed here
     * @param whenQuiet done when all is sent and only questions follow
     * @throws AssertionError where something differs
     */
    Score play(ServerProcess first, Runnable whenQuiet) throws IOException, InterruptedException {
        ServerProcess server = first;
        try (Clients clients = new Clients(script, ledger)) {
            Map<String, String> meterIds = script.scene().install(client(server));
            CompletableFuture<Void> sending = clients.send(client(server));
            for (Fault fault : script.faults()) {
                if (sending.isDone()) {
                    sending = sendAgain(server, clients, sending);
                }
                if (strike(fault, server, clients, sending)) {
                    sending.join();
                    server = restarted(clients);
                    sending = sendAgain(server, clients, sending);
                }
            }
            sending.join();
            sendTheRest(server, clients);
            History history = History.of(client(server));
            server = correct(server, clients);
            // one round of four ends with a kill when everything is acknowledged
            if (clients.isUnsettled() || script.seed() % 4 == 0) {
                kill(server);
                server = restarted(clients);
            }
            whenQuiet.run();
            history.isWhatItWas(client(server));
            List<Sample> counting = new Audit(script, ledger, correctors, client(server)).atTheEnd(meterIds);
            return new Score(
                    kills,
                    killsInCheckpoint,
                    stalls,
                    clients.torn(),
                    counting.size(),
                    Math.toIntExact(counting.stream()
                            .filter(sample -> sample.uid().isEmpty())
                            .count()));
        } finally {
            server.close();
        }
    }

    private Client client(ServerProcess server) {
        return Client.dev(http, server.address());
    }

    private CompletableFuture<Void> sendAgain(ServerProcess server, Clients clients, CompletableFuture<Void> previous) {
        previous.join();
        clients.sendAgain();
        return clients.send(client(server));
    }

    private void sendTheRest(ServerProcess server, Clients clients) throws IOException {
        for (int i = 0; !clients.isDone(); i++) {
            if (!server.isAlive() || i == RESENDINGS_MAX) {
                throw new AssertionError(
                        "Expected a server that takes everything in %d attempts, but it is %s. It said: %s"
                                .formatted(
                                        RESENDINGS_MAX,
                                        server.isAlive() ? "still refusing" : "gone",
                                        Files.readString(directory.resolve(ServerProcess.ERRORS))));
            }
            clients.sendAgain();
            clients.send(client(server)).join();
        }
    }

    /** Voids and amends, and kills the server meanwhile; gives the one that lives. */
    private ServerProcess correct(ServerProcess first, Clients clients) throws IOException {
        ServerProcess server = first;
        for (int answers : script.kills()) {
            CompletableFuture<Void> sending = correctors.send(client(server));
            int enough = correctors.answers() + answers;
            await(() -> correctors.answers() >= enough || sending.isDone());
            kill(server);
            sending.join();
            server = restarted(clients);
            correctors.sendAgain();
        }
        for (int i = 0; !correctors.isDone(); i++) {
            if (i == RESENDINGS_MAX) {
                throw new AssertionError(
                        "Expected a server that corrects everything in %d attempts, but it is still refusing."
                                .formatted(RESENDINGS_MAX));
            }
            correctors.send(client(server)).join();
            correctors.sendAgain();
        }
        correctors.send(client(server)).join();
        return server;
    }

    /** Whether the server is dead after it. */
    private boolean strike(Fault fault, ServerProcess server, Clients clients, CompletableFuture<Void> sending)
            throws IOException, InterruptedException {
        return switch (fault) {
            case Fault.Kill(int answers, int millis) -> {
                await(clients, answers, sending);
                server.isAliveAfter(Duration.ofMillis(millis));
                kill(server);
                yield true;
            }
            case Fault.KillInCheckpoint(int millis) -> {
                Path file = directory.resolve("data/usage.duckdb");
                Path log = directory.resolve("data/usage.duckdb.wal");
                long before = size(file);
                await(() -> size(file) != before || sending.isDone());
                long logged = size(log);
                boolean hasBegun = size(file) != before && logged > 0;
                server.isAliveAfter(Duration.ofMillis(millis));
                kill(server);
                // when the checkpoint is over, the log goes, and the next one begins small
                killsInCheckpoint += hasBegun && size(log) >= logged ? 1 : 0;
                yield true;
            }
            case Fault.KillTwice(int answers, int millis) -> {
                await(clients, answers, sending);
                kill(server);
                ServerProcess.startAndKill(program, directory, Duration.ofMillis(millis));
                kills++;
                yield true;
            }
            case Fault.Stall(int answers, int millis, boolean endsInKill) -> {
                await(clients, answers, sending);
                server.pause();
                stalls++;
                server.isAliveAfter(Duration.ofMillis(millis));
                if (endsInKill) {
                    kill(server);
                } else {
                    server.resume();
                }
                yield endsInKill;
            }
        };
    }

    private void kill(ServerProcess server) {
        server.kill();
        kills++;
    }

    private ServerProcess restarted(Clients clients) throws IOException {
        ServerProcess server = ServerProcess.start(program, directory);
        boolean isRight = false;
        try {
            new Audit(script, ledger, correctors, client(server)).afterRestart();
            clients.settle();
            isRight = true;
            return server;
        } finally {
            if (!isRight) {
                server.close();
            }
        }
    }

    private static void await(Clients clients, int answers, CompletableFuture<Void> sending) {
        int enough = clients.answers() + answers;
        await(() -> clients.answers() >= enough || sending.isDone());
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition::getAsBoolean);
    }

    private static long size(Path file) {
        return file.toFile().length();
    }
}
