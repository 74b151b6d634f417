package io.tallystick.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The bodies of requests, each read whole, never beyond a limit, and within a time. All that are held at once have a
 * bound too: from the first byte to the answer a body takes up room, and where there is none its request waits.
 *
 * <p>Safe for use by many threads.
 */
public final class Bodies implements AutoCloseable {
    /** Bytes of a refused body that are still read, so that its sender gets to see the refusal. */
    static final int DRAINED_MAX = 16 << 20;

    /** Of the heap. What is made of a body while its request waits for the disk takes several times its bytes. */
    private static final int HEAP_SHARE = 16;

    /** Room is counted in these, rounded up. */
    private static final int UNIT = 1 << 10;

    private static final int FIRST_READ = 1 << 13;

    private final int units;
    private final Semaphore room;
    private final Duration patience;
    private final Duration timeout;
    private final Deadline deadline;

    /**
     * @param bytesMax of all bodies that are held at once; a body that is larger alone waits until no other is held
     * @param patience how long a request waits for room
     * @param timeout how long a body may take to arrive
     */
    Bodies(long bytesMax, Duration patience, Duration timeout) {
        this.units = Math.toIntExact(Math.max(1, bytesMax / UNIT));
        this.room = new Semaphore(units, true);
        this.patience = patience;
        this.timeout = timeout;
        this.deadline = new Deadline(timeout);
    }

    /**
     * As much room as the heap of this process allows.
     *
     * @param patience how long a request waits for room
     * @param timeout how long a body may take to arrive
     */
    public static Bodies inHeap(Duration patience, Duration timeout) {
        return new Bodies(Runtime.getRuntime().maxMemory() / HEAP_SHARE, patience, timeout);
    }

    /**
     * Reads it, unpacked, and goes on with it, or answers why it could not be read.
     *
     * @param limit bytes after unpacking
     */
    Answer read(ServerRequest request, int limit, Function<byte[], Answer> next) {
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
        int taken = (int) Math.min(units, Math.ceilDiv(isPacked ? limit : length.orElse(limit), UNIT));
        if (!hasRoom(taken)) {
            return Answer.problem(Problem.of(
                            Problem.Code.OVERLOADED,
                            "Expected room for the body of a request, but other requests held all of it for %d s. Nothing of this one was read; send it again."
                                    .formatted(patience.toSeconds())))
                    .last();
        }
        try {
            return read(bytes(request, limit), limit, next);
        } finally {
            room.release(taken);
        }
    }

    private boolean hasRoom(int taken) {
        try {
            return room.tryAcquire(taken, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Answer read(Content content, int limit, Function<byte[], Answer> next) {
        return switch (content) {
            case Content.Whole(byte[] bytes) -> next.apply(bytes);
            case Content.TooLarge(boolean isDrained) -> tooLarge(limit, isDrained);
            case Content.Late _ ->
                Answer.problem(Problem.of(
                                Problem.Code.BODY_TIMEOUT,
                                "Expected the whole body within %d s, but it did not come. Nothing of it was kept; send it again, in smaller parts if the line is slow."
                                        .formatted(timeout.toSeconds())))
                        .last();
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

        record Late() implements Content {}

        record Broken(String reason) implements Content {}
    }

    private Content bytes(ServerRequest request, int limit) {
        try (Deadline.Reading reading = deadline.begin()) {
            return bytes(request, limit, reading);
        }
    }

    private static Content bytes(ServerRequest request, int limit, Deadline.Reading reading) {
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes =
                    new byte[Math.toIntExact(Math.min(limit, length(request).orElse(FIRST_READ)))];
            int size = 0;
            while (true) {
                if (size == bytes.length) {
                    int more = in.read();
                    if (more < 0) {
                        return new Content.Whole(bytes);
                    }
                    if (size == limit) {
                        return new Content.TooLarge(Unpacking.drain(in));
                    }
                    bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(FIRST_READ, 2 * size)));
                    bytes[size++] = (byte) more;
                }
                int read = in.read(bytes, size, bytes.length - size);
                if (read < 0) {
                    return new Content.Whole(Arrays.copyOf(bytes, size));
                }
                size += read;
                if (reading.isLate()) {
                    return new Content.Late();
                }
            }
        } catch (Unpacking.BrokenException | IOException e) {
            return reading.isLate() ? new Content.Late() : new Content.Broken("it cannot be unpacked");
        } catch (RuntimeException e) {
            // Helidon throws whatever its parser met where chunks or lengths are wrong; all of it is the sender's
            return reading.isLate() ? new Content.Late() : new Content.Broken("it ends early or its chunks are broken");
        }
    }

    private boolean drained(ServerRequest request, long length) {
        if (length > DRAINED_MAX || request.headers().contains(HeaderNames.EXPECT)) {
            return false;
        }
        return bytes(request, 0) instanceof Content.TooLarge(boolean isDrained) && isDrained;
    }

    /** Ends the watch over bodies. */
    @Override
    public void close() {
        deadline.close();
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
