package io.tallystick.billing;

import io.tallystick.time.Period;
import io.tallystick.usage.UsageQuery;
import java.util.Optional;

/**
 * How much of a field was used in a period, by each account.
 *
 * @param meter number of the meter's document
 * @param share which of the measurements count; absent: all
 */
record Question(int meter, Period period, UsageQuery.Measure measure, Optional<Partition.Share> share) {}
