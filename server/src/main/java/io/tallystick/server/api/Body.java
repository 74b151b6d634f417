package io.tallystick.server.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.function.Function;

/** The body of a request, read whole and never beyond a limit. */
final class Body {
    private Body() {}

    /**
     * Reads it, unpacked, and goes on with it, or answers why it could not be read.
     *
     * @param limit bytes after unpacking
     */
    static Answer read(ServerRequest request, int limit, Function<byte[], Answer> next) {
        OptionalLong length = request.headers().contentLength();
        boolean isPacked = request.headers().contains(HeaderNames.CONTENT_ENCODING);
        if (!isPacked && length.isPresent() && length.getAsLong() > limit) {
            return tooLarge(limit);
        }
        if (!request.content().hasEntity()) {
            return next.apply(new byte[0]);
        }
        byte[] bytes;
        try (InputStream in = request.content().inputStream()) {
            bytes = in.readNBytes(limit + 1);
        } catch (Unpacking.BrokenException | IOException e) {
            return Answer.problem(Problem.of(
                    Problem.Code.MALFORMED,
                    "Expected a body as its Content-Encoding and Content-Length say, but it could not be read: %s."
                            .formatted(e.getMessage())));
        }
        return bytes.length > limit ? tooLarge(limit) : next.apply(bytes);
    }

    private static Answer tooLarge(int limit) {
        return Answer.problem(Problem.of(
                Problem.Code.TOO_LARGE,
                "Expected a body of at most %d bytes after unpacking, but it is longer. Send it in parts."
                        .formatted(limit)));
    }
}
