package io.tallystick.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tallystick.bench.event.Events;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Whole HTTP requests, ready to be written to a socket. They are made before the clock starts, about 280 bytes an event;
 * {@link #PLACES_MAX} of them at a time is the most that is kept.
 *
 * @param requests with head and body
 * @param size events in each; the last may have fewer
 * @param places events in all, duplicates included
 */
record Batches(List<byte[]> requests, int size, long places) {
    /** Events in memory at a time. */
    static final int PLACES_MAX = 1_000_000;

    Batches {
        requests = List.copyOf(requests);
    }

    /** The places {@code from} (inclusive) to {@code to} (exclusive) of a sequence, so many to a request. */
    static Batches of(Events events, long from, long to, int size, InetSocketAddress server) {
        if (to - from > PLACES_MAX) {
            throw new IllegalArgumentException(
                    "Expected at most %d events in memory, but were %d.".formatted(PLACES_MAX, to - from));
        }
        List<byte[]> requests = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        for (long first = from; first < to; first += size) {
            long end = Math.min(to, first + size);
            body.setLength(0);
            body.append("{\"measurements\":[");
            for (long place = first; place < end; place++) {
                body.append(place == first ? "" : ",").append(events.at(place).json());
            }
            requests.add(request(body.append("]}"), server));
        }
        return new Batches(requests, size, to - from);
    }

    /** How many events a request has. */
    int size(int request) {
        return (int) Math.min(size, places - (long) request * size);
    }

    /** Those requests that are not in a set, in their order; all requests have to be full. */
    Batches without(BitSet answered) {
        if (places % size != 0) {
            throw new IllegalArgumentException(
                    "Expected full requests of %d events, but there are %d events.".formatted(size, places));
        }
        List<byte[]> others = new ArrayList<>();
        for (int i = answered.nextClearBit(0); i < requests.size(); i = answered.nextClearBit(i + 1)) {
            others.add(requests.get(i));
        }
        return new Batches(others, size, (long) others.size() * size);
    }

    private static byte[] request(StringBuilder body, InetSocketAddress server) {
        String head = "POST " + Customer.PATH + "measurements HTTP/1.1\r\nHost: " + server.getHostString() + ":"
                + server.getPort() + "\r\nX-API-KEY: " + Customer.API_KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(US_ASCII);
    }
}
