package io.tallystick.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ProtocolConfig;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Helidon's HTTP/1.1, read through a {@link ClientLine}: a handler that takes long can notice that its client has hung
 * up. Helidon itself reads nothing while it handles a request. Before the server stops, its connections {@link #end}.
 */
public final class AttentiveConnections implements ServerConnectionSelector {
    private static final String HTTP = "http_1_1";
    private static final long LOOK_EVERY_MS = 25;

    private final ServerConnectionSelector http =
            Http1ConnectionSelector.builder().config(Http1Config.create()).build();
    private final Set<AttentiveConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean areEnding;

    private AttentiveConnections() {}

    /** Takes the place of Helidon's own HTTP/1.1 in a listener; its routing gets a filter, which has to be the first. */
    public static AttentiveConnections into(WebServerConfig.Builder listener, HttpRouting.Builder routing) {
        AttentiveConnections connections = new AttentiveConnections();
        listener.addConnectionSelector(connections);
        listener.addProtocol(new InPlaceOfHttp(HTTP, HTTP));
        routing.addFilter((chain, _, response) -> {
            AttentiveConnection connection = AttentiveConnection.CURRENT.get();
            response.beforeSend(() -> connection.answers(response));
            chain.proceed();
        });
        return connections;
    }

    /** The end of all connections, for as long as it takes. */
    public interface Ending extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * From now on every answer is the last one on its connection and says so ({@code Connection: close}), and connections
     * on which nothing comes are closed. Requests that come before that are answered.
     */
    public Ending end() {
        areEnding = true;
        Thread looking = Thread.ofVirtual().name("idle-connections").start(this::endIdle);
        return looking::interrupt;
    }

    private void endIdle() {
        try {
            while (true) {
                open.forEach(AttentiveConnection::endIfIdle);
                Thread.sleep(LOOK_EVERY_MS);
            }
        } catch (InterruptedException e) {
            // none is left
            Thread.currentThread().interrupt();
        }
    }

    boolean areEnding() {
        return areEnding;
    }

    void begins(AttentiveConnection connection) {
        open.add(connection);
    }

    void ends(AttentiveConnection connection) {
        open.remove(connection);
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
        return new AttentiveConnection(this, connection, ClientLine.of(connection), http);
    }
}
