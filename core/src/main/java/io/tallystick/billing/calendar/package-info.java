/**
 * Which part of which billing periods something is for.
 *
 * <p>Owns: how many periods a part is, by local days. Does not own: how periods are cut ({@code time}), what is charged for
 * them ({@code billing}).
 *
 * <p>Doors: {@link io.tallystick.billing.calendar.Proration}.
 *
 * <p>Invariant: whatever a period is split into, the parts add up to exactly one.
 */
@NullMarked
@Room(doors = {"quantity", "time"})
package io.tallystick.billing.calendar;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
