package io.tallystick.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.bench.event.Event;
import io.tallystick.bench.event.Events;
import io.tallystick.bench.event.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to a real server is counted once, and the check would notice if it were not. */
@Timeout(60)
final class DeliveryTest {
    private static final int ACCOUNTS = 50;
    private static final int METERS = 3;

    @TempDir
    private static Path directory = Path.of("");

    private static List<ServerProcess> started = List.of();
    private static List<String> meters = List.of();

    @BeforeAll
    static void start() throws IOException {
        started = List.of(ServerProcess.start(ServeMain.launch(directory), directory.resolve("data")));
        meters = server().customer().makeMeters(METERS);
        server().customer().makeAccounts(ACCOUNTS);
    }

    @AfterAll
    static void stop() {
        started.forEach(ServerProcess::close);
    }

    @ParameterizedTest
    @CsvSource({"1, 300, 16", "100, 2000, 8", "1000, 4000, 2", "7, 300, 3"})
    void countsEverythingOnceInBatchesOfAnySize(int size, int places, int connections) throws IOException {
        Events events = new Events(size, 1, ACCOUNTS);
        long before = Check.count(server().customer(), meters.get(0));

        Delivery delivery = Sender.send(batches(events, places, size), address(), connections);

        assertThat(delivery.accepted()).isEqualTo(Events.distinct(places));
        assertThat(delivery.duplicates())
                .isEqualTo(places - Events.distinct(places))
                .isPositive();
        assertThat(delivery.latencies().count()).isEqualTo(Math.ceilDiv(places, size));
        assertThat(delivery.latencies().percentile(99))
                .isGreaterThanOrEqualTo(delivery.latencies().median());
        assertThat(Check.count(server().customer(), meters.get(0))).isEqualTo(before + Events.distinct(places));
    }

    @Test
    void checkIsContentWithEveryMeterAndAccountAndSeesOneLostAndOneDoubledEvent() throws IOException {
        int places = 2_000;
        Events events = new Events(4711, METERS, ACCOUNTS);
        try (ServerProcess fresh = ServerProcess.start(ServeMain.launch(directory), directory.resolve("fresh"))) {
            List<String> freshMeters = fresh.customer().makeMeters(METERS);
            Sender.send(Batches.of(events, 0, places, 500, fresh.address()), fresh.address(), 4);
            Tally sent = Tally.ofFirst(events, places);

            assertThat(Check.faults(fresh.customer(), freshMeters, sent)).isEmpty();

            Event next = events.event(Events.distinct(places));
            sent.add(next);
            assertThat(Check.faults(fresh.customer(), freshMeters, sent))
                    .as("an event that was lost")
                    .singleElement()
                    .asString()
                    .contains(Event.accountCode(next.account()) + " of " + Event.meterCode(next.meter()));

            Tally fewer = Tally.ofFirst(events, places - 1);
            assertThat(Check.faults(fresh.customer(), freshMeters, fewer))
                    .as("the last place repeats an event, so that one place fewer is the same usage")
                    .isEmpty();
            assertThat(Check.faults(fresh.customer(), freshMeters, Tally.ofFirst(events, places - 2)))
                    .as("an event that was counted and should not have been")
                    .hasSize(1);
        }
    }

    @Test
    void eventsAreAFunctionOfTheirPlace() {
        Events events = new Events(1, 10, 10_000);

        assertThat(events.at(123)).isEqualTo(new Events(1, 10, 10_000).at(123));
        assertThat(events.at(99)).as("the hundredth repeats an earlier one").isIn(firstEvents(events, 99));
        assertThat(firstEvents(events, 1_000).stream().map(Event::uid).distinct())
                .hasSize(990);
        assertThat(firstEvents(events, 10).stream().map(Event::meter)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(events.at(5).uid().version()).isEqualTo(4);
        assertThat(events.at(5).uid().variant()).isEqualTo(2);
        assertThat(firstEvents(events, 5_000))
                .allSatisfy(event -> assertThat(event.at()).isBetween(Events.FROM, Events.TO.minusMillis(1)));
    }

    private static List<Event> firstEvents(Events events, int places) {
        return LongStream.range(0, places).mapToObj(events::at).toList();
    }

    private static Batches batches(Events events, int places, int size) {
        return Batches.of(events, 0, places, size, address());
    }

    private static ServerProcess server() {
        return started.getFirst();
    }

    private static InetSocketAddress address() {
        return server().address();
    }
}
