package io.tallystick.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallystick.bench.measure.Latencies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.LongConsumer;

/**
 * Sends requests over kept-alive connections, each connection its next one when the last is answered. One thread serves
 * all of them: the generator shares the cores with the server it measures, and this is the cheapest way to drive it.
 */
final class Sender {
    private static final int ANSWER_BYTES_MAX = 1 << 20;
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] OK = "HTTP/1.1 200 ".getBytes(US_ASCII);
    private static final byte[] LENGTH = "content-length:".getBytes(US_ASCII);
    private static final byte[] ACCEPTED = "\"accepted\":".getBytes(US_ASCII);
    private static final byte[] DUPLICATES = "\"duplicates\":".getBytes(US_ASCII);

    private final Batches batches;
    private final LongConsumer answered;
    private final BitSet acknowledged = new BitSet();
    private final long[] nanos;
    private int next;
    private long answers;
    private long accepted;
    private long duplicates;
    private int living;

    private Sender(Batches batches, LongConsumer answered) {
        this.batches = batches;
        this.answered = answered;
        nanos = new long[batches.requests().size()];
    }

    /**
     * Sends all requests and waits for their answers.
     *
     * @throws WrongFigureException where an answer is not 200, or counts other than what was sent
     * @throws IOException where a connection ends before its time
     */
    static Delivery send(Batches batches, InetSocketAddress server, int connections) throws IOException {
        Delivery delivery = sendUntilItBreaks(batches, server, connections, answers -> {});
        if (delivery.acknowledged().cardinality() != batches.requests().size()) {
            throw new IOException(
                    "Expected an answer to each of %d requests, but the server closed the connections after %d."
                            .formatted(
                                    batches.requests().size(),
                                    delivery.acknowledged().cardinality()));
        }
        return delivery;
    }

    /**
     * Sends requests until all are answered or every connection is gone.
     *
     * @param answered is told after each answer how many there are
     */
    static Delivery sendUntilItBreaks(Batches batches, InetSocketAddress server, int connections, LongConsumer answered)
            throws IOException {
        return new Sender(batches, answered).run(server, connections);
    }

    private Delivery run(InetSocketAddress server, int connections) throws IOException {
        try (Selector selector = Selector.open()) {
            try {
                for (int i = 0; i < connections; i++) {
                    SocketChannel channel = SocketChannel.open(server);
                    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    channel.configureBlocking(false);
                    channel.register(selector, SelectionKey.OP_READ, new Line(channel));
                }
                long began = System.nanoTime();
                for (SelectionKey key : selector.keys()) {
                    living++;
                    guarded(key, line -> line.sendNext(key));
                }
                while (living > 0) {
                    selector.select(key -> guarded(key, line -> line.proceed(key)));
                }
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                long[] measured =
                        acknowledged.stream().mapToLong(index -> nanos[index]).toArray();
                return new Delivery(took, acknowledged, new Latencies(measured), accepted, duplicates);
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        void on(Line line) throws IOException;
    }

    /** A broken connection is the end of that connection alone: what it had sent stays unacknowledged. */
    private void guarded(SelectionKey key, Step step) {
        try {
            step.on((Line) key.attachment());
        } catch (IOException broken) {
            end(key);
        }
    }

    private void end(SelectionKey key) {
        if (key.isValid()) {
            key.cancel();
            living--;
        }
    }

    /** One connection and the request that is under way on it. */
    private final class Line {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES_MAX);
        private ByteBuffer request = ByteBuffer.allocate(0);
        private int index;
        private long sentNanos;

        Line(SocketChannel channel) {
            this.channel = channel;
        }

        void sendNext(SelectionKey key) throws IOException {
            if (next == batches.requests().size()) {
                end(key);
                return;
            }
            index = next++;
            request = ByteBuffer.wrap(batches.requests().get(index));
            sentNanos = System.nanoTime();
            write(key);
        }

        void proceed(SelectionKey key) throws IOException {
            if (request.hasRemaining()) {
                write(key);
            }
            if (channel.read(answer) < 0) {
                throw new IOException("The server closed the connection.");
            }
            if (isComplete()) {
                nanos[index] = System.nanoTime() - sentNanos;
                count();
                answer.clear();
                answered.accept(++answers);
                sendNext(key);
            }
        }

        private void write(SelectionKey key) throws IOException {
            channel.write(request);
            key.interestOps(
                    request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }

        private boolean isComplete() {
            int head = find(HEAD_END, 0);
            if (head < 0) {
                return false;
            }
            int length = find(LENGTH, 0);
            if (length < 0 || length > head) {
                throw new WrongFigureException("Expected an answer with a content-length, but it was: " + text());
            }
            return answer.position() >= head + HEAD_END.length + number(length + LENGTH.length);
        }

        private void count() {
            int acceptedAt = find(ACCEPTED, 0);
            int duplicatesAt = find(DUPLICATES, 0);
            boolean isOk = Arrays.equals(answer.array(), 0, OK.length, OK, 0, OK.length);
            if (!isOk || acceptedAt < 0 || duplicatesAt < 0) {
                throw new WrongFigureException("Expected measurements to be accepted, but the answer was: " + text());
            }
            long acceptedNow = number(acceptedAt + ACCEPTED.length);
            long duplicatesNow = number(duplicatesAt + DUPLICATES.length);
            if (acceptedNow + duplicatesNow != batches.size(index)) {
                throw new WrongFigureException("Expected %d events to be accepted or known, but the answer was: %s"
                        .formatted(batches.size(index), text()));
            }
            accepted += acceptedNow;
            duplicates += duplicatesNow;
            acknowledged.set(index);
        }

        /** Where a text begins in the answer, without regard to case; -1 where it does not. */
        private int find(byte[] wanted, int from) {
            byte[] bytes = answer.array();
            for (int at = from; at + wanted.length <= answer.position(); at++) {
                int matched = 0;
                while (matched < wanted.length && lower(bytes[at + matched]) == lower(wanted[matched])) {
                    matched++;
                }
                if (matched == wanted.length) {
                    return at;
                }
            }
            return -1;
        }

        private static int lower(byte letter) {
            return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
        }

        private long number(int from) {
            long number = 0;
            int at = from;
            while (answer.get(at) == ' ') {
                at++;
            }
            for (; at < answer.position() && Character.isDigit(answer.get(at)); at++) {
                number = number * 10 + answer.get(at) - '0';
            }
            return number;
        }

        private String text() {
            return new String(answer.array(), 0, Math.min(answer.position(), 2_000), UTF_8);
        }
    }
}
