/**
 * Time as billing sees it: half-open periods and the billing calendar.
 *
 * <p>Owns: {@link io.tallystick.time.Period} (half-open, said once), frequencies, the calendar that cuts time into
 * billing periods and days or months into buckets. Does not own: the clock (an edge passes instants in).
 *
 * <p>Doors: {@link io.tallystick.time.Period}, {@link io.tallystick.time.Validity}, {@link
 * io.tallystick.time.BillFrequency}, {@link io.tallystick.time.Cycle}, {@link io.tallystick.time.Epochs}, {@link
 * io.tallystick.time.BillingCalendar}, {@link io.tallystick.time.Calendars}, {@link io.tallystick.time.DuePeriod}, {@link
 * io.tallystick.time.TimeBuckets} with {@link io.tallystick.time.BucketSize}.
 *
 * <p>Invariants: every interval is [from, to); instants are UTC; a zone appears only where a calendar needs one.
 */
@NullMarked
@Room
package io.tallystick.time;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
