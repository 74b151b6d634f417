package io.tallystick.server.app;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.tallystick.document.DocumentsUnavailable;
import io.tallystick.server.http.AttentiveConnections;
import io.tallystick.server.http.BrokenRequests;
import io.tallystick.server.http.Unpacking;
import io.tallystick.server.settings.Settings;
import io.tallystick.server.settings.Settings.Listen;
import io.tallystick.usage.UsageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: one data directory, one house, one port. Every method may be called from any thread. */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    /** How long a stop waits for requests that were accepted: twice the time that one may wait in the intake's queue. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final DataDirectory directory;
    private final House house;
    private final Health health;
    private final Web web;
    private final URI address;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** What is still being built. */
    private record Listener(
            WebServerConfig.Builder config, HttpRouting.Builder routing, AttentiveConnections connections) {}

    /** What listens. */
    private record Web(WebServer server, AttentiveConnections connections) {}

    private Server(DataDirectory directory, House house, Health health, Web web, URI address) {
        this.directory = directory;
        this.house = house;
        this.health = health;
        this.web = web;
        this.address = address;
    }

    /** Starts a server and answers when its port is bound and {@code /health/ready} gives 200. */
    public static Start start(Settings settings) {
        return start(settings, _ -> {});
    }

    /** Starts a server with routes beside those of the house. */
    static Start start(Settings settings, Consumer<HttpRouting.Builder> moreRoutes) {
        return start(settings, moreRoutes, House.Outside.REAL);
    }

    /** The same on another outside, so that a test can show what becomes of a faulty store or a clock that jumps. */
    static Start start(Settings settings, Consumer<HttpRouting.Builder> moreRoutes, House.Outside outside) {
        WebServerConfig.Builder listener = WebServer.builder()
                // the order of our own stop matters, so Helidon must not stop by itself
                .shutdownHook(false)
                .contentEncoding(Unpacking.encodings())
                .directHandlers(BrokenRequests.handlers())
                .shutdownGracePeriod(GRACE);
        HttpRouting.Builder routing = HttpRouting.builder();
        AttentiveConnections connections = AttentiveConnections.into(listener, routing);
        Listen listen = settings.listen();
        InetSocketAddress socket = new InetSocketAddress(listen.bind(), listen.port());
        if (socket.isUnresolved()) {
            return new Start.Refused(
                    "Expected an address of this machine to bind to, but the name '%s' is unknown. Choose another with --bind."
                            .formatted(listen.bind()));
        }
        listener.bindAddress(socket);
        if (listen.transport() instanceof Settings.Transport.Tls files) {
            switch (PemFiles.read(files)) {
                case PemFiles.Reading.Refused refused -> {
                    return new Start.Refused(refused.reason());
                }
                case PemFiles.Reading.Usable usable -> listener.tls(usable.tls());
            }
        }
        // before anything is made: a start that is refused leaves no databases and prints no credentials
        Optional<String> taken = whyNotBindable(listen);
        if (taken.isPresent()) {
            return new Start.Refused(taken.get());
        }
        return switch (DataDirectory.open(settings.data())) {
            case DataDirectory.Opening.Refused refused -> new Start.Refused(refused.reason());
            case DataDirectory.Opening.Opened opened -> {
                moreRoutes.accept(routing);
                yield startIn(
                        opened.directory(),
                        settings,
                        new Listener(listener.routing(routing), routing, connections),
                        outside);
            }
        };
    }

    /** Where this server answers, with the port that was really taken and without a slash at the end. */
    public URI address() {
        return address;
    }

    /** Waits until the server is closed. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /**
     * Takes no more connections, answers the requests that are under way and those that still come on open connections,
     * closes the stores and gives the data directory free. The second call does nothing.
     */
    @Override
    public void close() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        health.enter(Health.Stage.STOPPING);
        try (directory;
                house) {
            try (AttentiveConnections.Ending _ = web.connections().end()) {
                web.server().stop();
            }
            LOG.info("event=stopped address={}", address);
        } finally {
            stopped.countDown();
        }
    }

    private static Start startIn(DataDirectory directory, Settings settings, Listener listener, House.Outside outside) {
        boolean ready = false;
        try {
            House house = House.open(settings, directory, outside);
            try {
                Health health = new Health(house::isTakingIn, house::identityBudget);
                HttpRouting.Builder routing = listener.routing();
                routing.register("/health", health);
                if (settings.dev()) {
                    routing.addFilter(new DevGuard());
                }
                house.route(routing);
                WebServer web = listener.config().build();
                web.start();
                // a port that cannot be bound is only logged by Helidon, not thrown
                if (!web.isRunning()) {
                    return new Start.Refused(whyNotBindable(settings.listen())
                            .orElseGet(() -> notBindable(settings.listen(), "it was taken a moment ago")));
                }
                health.enter(Health.Stage.READY);
                ready = true;
                return new Start.Ready(new Server(
                        directory,
                        house,
                        health,
                        new Web(web, listener.connections()),
                        address(settings.listen(), web)));
            } finally {
                if (!ready) {
                    house.close();
                }
            }
        } catch (DocumentsUnavailable | UsageStore.Unavailable e) {
            // one line tells the operator all; the trace would tell a developer nothing more
            return new Start.Refused(requireNonNullElse(e.getMessage(), e.toString()));
        } catch (UncheckedIOException e) {
            return new Start.Refused(DataDirectory.notUsable(settings.data(), requireNonNull(e.getCause())));
        } finally {
            if (!ready) {
                directory.close();
            }
        }
    }

    private static URI address(Listen listen, WebServer web) {
        String host = listen.bind().contains(":") ? "[" + listen.bind() + "]" : listen.bind();
        return URI.create("%s://%s:%s".formatted(web.hasTls() ? "https" : "http", host, web.port()));
    }

    private static Optional<String> whyNotBindable(Listen listen) {
        try (ServerSocketChannel attempt = ServerSocketChannel.open()) {
            attempt.bind(new InetSocketAddress(listen.bind(), listen.port()));
            return Optional.empty();
        } catch (IOException why) {
            return Optional.of(notBindable(listen, requireNonNullElse(why.getMessage(), "it could not be bound")));
        }
    }

    private static String notBindable(Listen listen, String reason) {
        return "Expected to listen on %s:%s, but: %s. Stop what listens there, or choose another with --port (0 takes any free one) or --bind."
                .formatted(listen.bind(), listen.port(), reason);
    }
}
