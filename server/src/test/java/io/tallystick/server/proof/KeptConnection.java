package io.tallystick.server.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** One connection for many requests, without anything that repeats or reconnects: what became of each is known. */
final class KeptConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final URI address;
    private final Socket socket;
    private final InputStream in;

    private KeptConnection(URI address, Socket socket) throws IOException {
        this.address = address;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static KeptConnection to(URI address) throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new KeptConnection(address, socket);
    }

    /** What became of a request. */
    sealed interface Outcome {
        /**
         * A whole answer.
         *
         * @param isLast whether it says that the connection ends
         */
        record Answered(int status, boolean isLast, String body) implements Outcome {}

        /** The connection was closed, and not one byte of an answer had come. */
        record Unanswered() implements Outcome {}
    }

    /** The head of a request that sends measurements. */
    static String head(URI address, int bodyBytes) {
        return "POST /organizations/%s/measurements HTTP/1.1\r\nHost: %s\r\nX-API-KEY: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(Client.DEV_ORGANIZATION, address.getAuthority(), Client.DEV_KEY, bodyBytes);
    }

    /** Sends measurements in one piece and reads what comes. */
    Outcome measure(List<String> elements) throws IOException {
        byte[] body = Client.measurements(elements).getBytes(UTF_8);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head(address, body.length).getBytes(UTF_8));
        request.writeBytes(body);
        try {
            send(request.toByteArray());
        } catch (IOException closed) {
            // an answer that was sent before the end can still be read
            return answer();
        }
        return answer();
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads one answer, or the end. */
    Outcome answer() throws IOException {
        StringBuilder head = new StringBuilder();
        try {
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return unanswered(head);
                }
                head.append((char) next);
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("Expected an answer or the end, but there was neither.", e);
        } catch (IOException reset) {
            return unanswered(head);
        }
        String text = head.toString().toLowerCase(Locale.ROOT);
        int length = Integer.parseInt(header(text, "content-length"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException(
                    "Expected an answer of %d bytes, but it ended after %d.".formatted(length, body.length));
        }
        return new Outcome.Answered(
                Integer.parseInt(text.split(" ", 3)[1]),
                "close".equals(header(text, "connection")),
                new String(body, UTF_8));
    }

    /** Waits for the end of the connection; true where nothing came before it. */
    boolean ends() throws IOException {
        return in.read() < 0;
    }

    private static Outcome unanswered(StringBuilder head) throws IOException {
        if (!head.isEmpty()) {
            throw new IOException("Expected a whole answer or none, but it ended after \"%s\".".formatted(head));
        }
        return new Outcome.Unanswered();
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
