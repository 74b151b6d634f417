package io.tallystick.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.function.Function;

/** The body of a request, read whole and never beyond a limit. */
final class Body {
    /** Bytes of a refused body that are still read, so that its sender gets to see the refusal. */
    static final int DRAINED_MAX = 16 << 20;

    private Body() {}

    /**
     * Reads it, unpacked, and goes on with it, or answers why it could not be read.
     *
     * @param limit bytes after unpacking
     */
    static Answer read(ServerRequest request, int limit, Function<byte[], Answer> next) {
        OptionalLong length = length(request);
        if (length.isPresent() && (length.getAsLong() < 0 || isChunked(request))) {
            return Answer.problem(Problem.of(
                            Problem.Code.MALFORMED,
                            "Expected a body with either a Content-Length of at least 0 or chunks, but was a Content-Length of %d%s."
                                    .formatted(length.getAsLong(), isChunked(request) ? " and chunks" : "")))
                    .last();
        }
        boolean isPacked = request.headers().contains(HeaderNames.CONTENT_ENCODING);
        if (!isPacked && length.isPresent() && length.getAsLong() > limit) {
            return tooLarge(limit, drained(request, length.getAsLong()));
        }
        if (!request.content().hasEntity()) {
            return next.apply(new byte[0]);
        }
        return switch (bytes(request, limit)) {
            case Content.Whole(byte[] bytes) -> next.apply(bytes);
            case Content.TooLarge(boolean isDrained) -> tooLarge(limit, isDrained);
            case Content.Broken(String reason) ->
                Answer.problem(Problem.of(
                                Problem.Code.MALFORMED,
                                "Expected a body as its Content-Encoding, Content-Length and chunks say, but %s."
                                        .formatted(reason)))
                        .last();
        };
    }

    private sealed interface Content {
        @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
        record Whole(byte[] bytes) implements Content {}

        /**
         * More than the limit.
         *
         * @param isDrained whether the rest was read, so that the next request can be
         */
        record TooLarge(boolean isDrained) implements Content {}

        record Broken(String reason) implements Content {}
    }

    private static Content bytes(ServerRequest request, int limit) {
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(limit + 1);
            return bytes.length <= limit ? new Content.Whole(bytes) : new Content.TooLarge(Unpacking.drain(in));
        } catch (Unpacking.BrokenException | IOException e) {
            return new Content.Broken("it cannot be unpacked");
        } catch (RuntimeException e) {
            // Helidon throws whatever its parser met where chunks or lengths are wrong; all of it is the sender's
            return new Content.Broken("it ends early or its chunks are broken");
        }
    }

    private static boolean drained(ServerRequest request, long length) {
        if (length > DRAINED_MAX || request.headers().contains(HeaderNames.EXPECT)) {
            return false;
        }
        return bytes(request, 0) instanceof Content.TooLarge(boolean isDrained) && isDrained;
    }

    private static OptionalLong length(ServerRequest request) {
        return request.headers().contentLength();
    }

    private static boolean isChunked(ServerRequest request) {
        return request.headers().contains(HeaderNames.TRANSFER_ENCODING);
    }

    private static Answer tooLarge(int limit, boolean isDrained) {
        Answer refusal = Answer.problem(Problem.of(
                Problem.Code.TOO_LARGE,
                "Expected a body of at most %d bytes after unpacking, but it is longer. Send it in parts."
                        .formatted(limit)));
        return isDrained ? refusal : refusal.last();
    }
}
