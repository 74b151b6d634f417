/**
 * Which time a bill charges for.
 *
 * <p>Owns: the period of an account plan that is due, the instalments of its standing charge, how many periods a part is,
 * by local days. Does not own: how periods are cut ({@code time}), what is charged for them ({@code billing}).
 *
 * <p>Doors: {@link io.tallystick.billing.calendar.PlanCalendar}, {@link io.tallystick.billing.calendar.Proration}.
 *
 * <p>Invariant: whatever a period is split into, the parts add up to exactly one.
 */
@NullMarked
@Room(doors = {"account", "catalog", "quantity", "time"})
package io.tallystick.billing.calendar;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
