package io.tallystick.server.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** A request of which the server has the head and half of the body: it is under way until the rest is sent. */
public final class HalfSent implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final byte[] rest;

    private HalfSent(Socket socket, byte[] rest) {
        this.socket = socket;
        this.rest = rest;
    }

    /** Begins to send measurements. */
    public static HalfSent begin(URI address, List<String> elements) throws IOException {
        byte[] body = Client.measurements(elements).getBytes(UTF_8);
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        String head =
                "POST /organizations/%s/measurements HTTP/1.1\r\nHost: %s\r\nX-API-KEY: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(Client.DEV_ORGANIZATION, address.getAuthority(), Client.DEV_KEY, body.length);
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(body, 0, body.length / 2);
        socket.getOutputStream().flush();
        return new HalfSent(socket, Arrays.copyOfRange(body, body.length / 2, body.length));
    }

    /** Sends the rest and gives the first line of the answer. */
    String finish() throws IOException {
        complete();
        return requireNonNullElse(
                new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine(), "(no answer)");
    }

    /** Sends the rest. */
    public void complete() throws IOException {
        socket.getOutputStream().write(rest);
        socket.getOutputStream().flush();
    }

    /**
     * Stands with the connection open for some time, or until an answer comes that nobody reads, and goes away.
     *
     * @param isReset whether what is still under way is thrown away, as by a router that forgot the connection
     */
    public void abandon(int millis, boolean isReset) throws IOException {
        socket.setSoTimeout(Math.max(1, millis));
        try {
            socket.getInputStream().read();
        } catch (SocketTimeoutException noAnswerYet) {
            // that is what was waited for
        }
        socket.setSoLinger(isReset, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
