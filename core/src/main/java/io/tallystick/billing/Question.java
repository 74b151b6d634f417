package io.tallystick.billing;

import io.tallystick.time.Period;
import io.tallystick.usage.UsageQuery;
import java.time.Instant;
import java.util.Optional;

/**
 * How much of a field was used in a period, by each account.
 *
 * @param meter number of the meter's document
 */
record Question(int meter, Period period, UsageQuery.Measure measure) {
    /** The same about the time from a start until its own period; absent where that is no time at all. */
    Optional<Question> before(Instant start) {
        return start.isBefore(period.from())
                ? Optional.of(new Question(meter, new Period(start, period.from()), measure))
                : Optional.empty();
    }
}
