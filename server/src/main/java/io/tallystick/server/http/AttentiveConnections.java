package io.tallystick.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ProtocolConfig;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * Helidon's HTTP/1.1, read through a {@link ClientLine}: a handler that takes long can notice that its client has hung
 * up. Helidon itself reads nothing while it handles a request.
 */
public final class AttentiveConnections implements ServerConnectionSelector {
    private static final String HTTP = "http_1_1";

    private final ServerConnectionSelector http =
            Http1ConnectionSelector.builder().config(Http1Config.create()).build();

    private AttentiveConnections() {}

    /** Takes the place of Helidon's own HTTP/1.1 in a listener. */
    public static void into(WebServerConfig.Builder listener) {
        listener.addConnectionSelector(new AttentiveConnections());
        listener.addProtocol(new InPlaceOfHttp(HTTP, HTTP));
    }

    /**
     * Keeps Helidon from putting its own HTTP/1.1 beside ours, which it does for every protocol that is not configured;
     * {@code protocolsDiscoverServices(false)} of a server's builder does not reach its listener in 4.4.1.
     */
    private record InPlaceOfHttp(String type, String name) implements ProtocolConfig {}

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext connection) {
        ClientLine line = ClientLine.of(connection);
        DataReader reader = DataReader.create(() -> line.next().orElse(null));
        return new Attentive((Http1Connection) http.connection(new Through(connection, reader)), line);
    }

    /** A connection whose handlers find its line. Helidon runs them on the thread that it handles the connection on. */
    private record Attentive(Http1Connection inner, ClientLine line)
            implements ServerConnection, InterruptableTask<Void> {
        @Override
        public void handle(Limit limit) throws InterruptedException {
            ScopedValue.where(ClientLine.CURRENT, line).<Object, InterruptedException>call(() -> {
                inner.handle(limit);
                return line;
            });
        }

        @Override
        public boolean canInterrupt() {
            return inner.canInterrupt();
        }

        @Override
        public void run() {
            throw new IllegalStateException("Expected to be handled as a connection, but was run as a task.");
        }

        @Override
        public Duration idleTime() {
            return inner.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            inner.close(interrupt);
        }
    }

    /** The same connection, read by another reader. */
    private record Through(ConnectionContext connection, DataReader dataReader) implements ConnectionContext {
        @Override
        public ListenerContext listenerContext() {
            return connection.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return connection.executor();
        }

        @Override
        public DataWriter dataWriter() {
            return connection.dataWriter();
        }

        @Override
        public Router router() {
            return connection.router();
        }

        @Override
        public Optional<ProxyProtocolData> proxyProtocolData() {
            return connection.proxyProtocolData();
        }

        @Override
        public HelidonSocket serverSocket() {
            return connection.serverSocket();
        }

        @Override
        public PeerInfo remotePeer() {
            return connection.remotePeer();
        }

        @Override
        public PeerInfo localPeer() {
            return connection.localPeer();
        }

        @Override
        public boolean isSecure() {
            return connection.isSecure();
        }

        @Override
        public String socketId() {
            return connection.socketId();
        }

        @Override
        public String childSocketId() {
            return connection.childSocketId();
        }
    }
}
