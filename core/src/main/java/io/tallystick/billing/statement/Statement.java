package io.tallystick.billing.statement;

import io.tallystick.billing.Bill;
import io.tallystick.billing.LineItem;
import io.tallystick.catalog.Function;
import io.tallystick.document.Document;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A bill with what was used on each day.
 *
 * @param entries one for each line, in their order
 */
public record Statement(Document<Bill> bill, List<Entry> entries) {
    public Statement {
        entries = List.copyOf(entries);
    }

    /**
     * A line with its days.
     *
     * @param counted how its quantity comes together; absent: nothing was measured for it, such as for a standing charge
     */
    public record Entry(LineItem line, Optional<Counted> counted) {
        public Entry {
            counted.filter(usage -> !usage.addsUpTo(line.quantity())).ifPresent(usage -> {
                throw new IllegalArgumentException("Expected the days of line %s to add up to %s, but they are %s."
                        .formatted(line.id(), line.quantity().toPlainString(), usage.days()));
            });
        }
    }

    /**
     * What was measured for a line.
     *
     * @param function by which the quantity of a day, and of the line, is computed
     * @param days those on which something was measured, by time
     */
    public record Counted(Function function, List<Day> days) {
        public Counted {
            days = List.copyOf(days);
        }

        /** A line without any measurement may have a default value, which belongs to no day. */
        private boolean addsUpTo(BigDecimal quantity) {
            return !function.addsUp()
                    || days.isEmpty()
                    || days.stream()
                                    .map(Day::quantity)
                                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                                    .compareTo(quantity)
                            == 0;
        }
    }

    /**
     * A day of the bill's zone.
     *
     * @param quantity of that day, as far as the line's service period reaches
     * @param measurements how many stand behind it
     */
    public record Day(LocalDate date, BigDecimal quantity, long measurements) {}
}
