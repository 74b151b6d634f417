package io.tallystick.server.faults;

import io.tallystick.server.proof.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Rounds of one seed, each in a directory of its own, which goes when the round went well. */
final class Simulation {
    private final long seed;
    private final ServerProcess.Program program;
    private final Path directory;
    private final Consumer<String> lines;

    /** The server of the round that follows, started while the one before is being checked: starting takes a second. */
    private Optional<CompletableFuture<ServerProcess>> next = Optional.empty();

    /**
     * A run to be played.
     *
     * @param directory where the rounds have theirs
     * @param lines takes a line a round
     */
    Simulation(long seed, ServerProcess.Program program, Path directory, Consumer<String> lines) {
        this.seed = seed;
        this.program = program;
        this.directory = directory;
        this.lines = lines;
    }

    /** A round in which something differs. Its directory is left as it was at the end. */
    static final class Failed extends AssertionError {
        private static final long serialVersionUID = 1;

        Failed(String text, Throwable cause) {
            super(text, cause);
        }
    }

    /** The line that plays one round alone. */
    static String rerun(long seed, int round) {
        return "./tallystick simulate-faults --seed %d --from %d --rounds 1".formatted(seed, round);
    }

    /**
     * Plays rounds.
     *
     * @param from number of the first
     * @param hasMore asked once in each round: whether another follows
     * @throws Failed where something differs
     */
    Summary play(int from, BooleanSupplier hasMore) {
        List<Score> scores = new ArrayList<>();
        long roundBytesMax = 0;
        next = Optional.of(start(from));
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int round = from; next.isPresent(); round++) {
                long began = System.nanoTime();
                Score score = play(round, http, hasMore);
                Path own = directory(round);
                long bytes = size(own);
                roundBytesMax = Math.max(roundBytesMax, bytes);
                delete(own);
                scores.add(score);
                lines.accept(String.format(
                        Locale.ROOT,
                        "round %d: %s, %.1f MB, %.1f s",
                        round,
                        score,
                        bytes / 1e6,
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 1e3));
            }
        } finally {
            next.ifPresent(unused -> unused.thenAccept(ServerProcess::close).join());
        }
        return new Summary(scores, roundBytesMax, size(directory));
    }

    private Score play(int round, HttpClient http, BooleanSupplier hasMore) {
        CompletableFuture<ServerProcess> first = next.orElseThrow();
        next = Optional.empty();
        try {
            return new Round(Script.of(seed, round), program, directory(round), http).play(first.join(), () -> {
                if (hasMore.getAsBoolean()) {
                    next = Optional.of(start(round + 1));
                }
            });
        } catch (CompletionException fault) {
            throw failed(round, Optional.ofNullable(fault.getCause()).orElse(fault));
        } catch (AssertionError | RuntimeException | IOException | InterruptedException fault) {
            throw failed(round, fault);
        }
    }

    private Failed failed(int round, Throwable fault) {
        return new Failed(
                "Round %d of seed %d failed; its files are in %s. Rerun it with: %s%n%s"
                        .formatted(round, seed, directory(round), rerun(seed, round), fault),
                fault);
    }

    private CompletableFuture<ServerProcess> start(int round) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return ServerProcess.start(program, Files.createDirectories(directory(round)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Path directory(int round) {
        return directory.resolve("round-" + round);
    }

    /** How many bytes the files below a directory have. */
    static long size(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(
                            file -> Files.isRegularFile(file) ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
