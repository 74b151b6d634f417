package io.tallystick.bench;

import io.tallystick.bench.event.Events;
import io.tallystick.bench.event.Tally;
import io.tallystick.bench.measure.Footprint;
import io.tallystick.bench.measure.Portions;
import io.tallystick.bench.measure.Rate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A server and what was sent to it so far. Whatever was sent is checked at the end. */
final class HttpRun {
    static final int CONNECTIONS = 8;
    static final int BATCH = 1_000;

    private final Customer customer;
    private final Events events;
    private final List<String> meters;
    private long sent;

    private HttpRun(Customer customer, Events events, List<String> meters, long sent) {
        this.customer = customer;
        this.events = events;
        this.meters = meters;
        this.sent = sent;
    }

    /** Makes the meters and accounts of the events on a new server. */
    static HttpRun on(ServerProcess server, Events events) throws IOException {
        List<String> meters = server.customer().makeMeters(events.meters());
        server.customer().makeAccounts(events.accounts());
        return new HttpRun(server.customer(), events, meters, 0);
    }

    /** The same events on a server that was started anew. */
    HttpRun movedTo(ServerProcess server) {
        return new HttpRun(server.customer(), events, meters, sent);
    }

    /** Sends the next events, as many to a request; they are made in portions while the clock stands still. */
    Rate send(ServerProcess server, long places, int size, int connections) throws IOException {
        Portions portions = new Portions();
        for (long left = places; left > 0; ) {
            long portion = Math.min(left, Batches.PLACES_MAX);
            Batches batches = Batches.of(events, sent, sent + portion, size, server.address());
            Footprint before = server.footprint();
            Delivery delivery = Sender.send(batches, server.address(), connections);
            Duration cpu = server.footprint().cpu().minus(before.cpu());
            portions.add(portion, delivery.took(), delivery.latencies(), cpu);
            long expected = Events.distinct(sent + portion) - Events.distinct(sent);
            if (delivery.accepted() != expected) {
                throw new WrongFigureException("Expected %d events to be accepted, but the answers say %d."
                        .formatted(expected, delivery.accepted()));
            }
            sent += portion;
            left -= portion;
        }
        return portions.rate(server.footprint().peakBytes());
    }

    /** The next requests, not sent yet; they count as sent from now on. */
    Batches next(ServerProcess server, long places) {
        Batches batches = Batches.of(events, sent, sent + places, BATCH, server.address());
        sent += places;
        return batches;
    }

    long sent() {
        return sent;
    }

    List<String> meters() {
        return meters;
    }

    /** Holds all that was counted against all that was sent. */
    void check() throws IOException {
        Check.everythingIsCountedOnce(customer, meters, Tally.ofFirst(events, sent));
    }
}
