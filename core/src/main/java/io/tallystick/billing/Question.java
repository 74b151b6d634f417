package io.tallystick.billing;

import io.tallystick.time.Period;
import io.tallystick.usage.UsageQuery;

/**
 * How much of a field was used in a period, by each account.
 *
 * @param meter number of the meter's document
 */
record Question(int meter, Period period, UsageQuery.Measure measure) {}
