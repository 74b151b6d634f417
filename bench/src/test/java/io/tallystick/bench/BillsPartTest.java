package io.tallystick.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.bench.event.Event;
import io.tallystick.bench.event.Events;
import io.tallystick.bench.event.PriceList;
import io.tallystick.bench.event.Tally;
import io.tallystick.bench.event.Used;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bill jobs of a real server, few accounts, and a check that would notice a wrong bill. */
@Timeout(120)
final class BillsPartTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void runsAllJobsOfEachSizeAndFindsEveryBillExact() throws Exception {
        Report report = new Report(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));

        new BillsPart(plan(), report).run();

        assertThat(report.text())
                .contains(
                        "bill job, 12 bills, 6,000 measurements, median of 1",
                        "bill job, 24 bills, nothing changed",
                        "bill job, 24 bills, after 1 % late usage",
                        "bill job, 24 / 12 bills");
    }

    @Test
    void checkSeesUsageThatIsNotOnTheBillAndAnAccountWithoutOne() throws Exception {
        Events events = new Events(1, 1, 12);
        try (ServerProcess server = ServerProcess.start(ServeMain.launch(directory), directory.resolve("data"))) {
            HttpRun run = HttpRun.on(server, events);
            new BillsPart(plan(), new Report(System.err))
                    .putOnPlan(server.customer(), run.meters().getFirst());
            run.send(server, 6_000, 100, 2);
            BillsPart.bill(server);
            Tally sent = Tally.ofFirst(events, 6_000);

            BillsPart.check(server.customer(), sent);

            Event next = events.event(Events.distinct(6_000));
            sent.add(next);
            assertThatThrownBy(() -> BillsPart.check(server.customer(), sent))
                    .isInstanceOf(WrongFigureException.class)
                    .hasMessageContaining(Event.accountCode(next.account()));
            assertThatThrownBy(() -> BillsPart.check(server.customer(), Tally.ofFirst(new Events(1, 1, 13), 0)))
                    .isInstanceOf(WrongFigureException.class);
        }
    }

    @Test
    void priceIsReckonedByHand() {
        // 201 requests are 3 packages; 10,000 x 0.0015 + 1 x 0.00112 = 15.00112; 2,000,000 x 0.00001833337 = 36.66674
        assertThat(PriceList.total(
                        new Used(201, new BigDecimal("10001.00"), BigDecimal.ZERO, new BigDecimal("2000000.00000"))))
                .as("0.66 + 15.00 + 36.67")
                .isEqualByComparingTo("52.33");
    }

    private Plan plan() {
        return new Plan(
                EnumSet.of(Part.BILLS),
                1_000,
                1,
                1_000,
                1,
                List.of(12, 24),
                1,
                1,
                directory,
                false,
                ServeMain.launch(directory));
    }
}
