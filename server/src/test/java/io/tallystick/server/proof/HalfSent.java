package io.tallystick.server.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;

/** A request of which the server has the head and half of the body: it is under way until the rest is sent. */
final class HalfSent implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final byte[] rest;

    private HalfSent(Socket socket, byte[] rest) {
        this.socket = socket;
        this.rest = rest;
    }

    /** Begins to send one measurement. */
    static HalfSent begin(URI address, String element) throws IOException {
        byte[] body = ("{\"measurements\":[" + element + "]}").getBytes(UTF_8);
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
        socket.getOutputStream().write(rest);
        socket.getOutputStream().flush();
        return requireNonNullElse(
                new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine(), "(no answer)");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
