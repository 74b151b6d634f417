/**
 * What was used: measurements, and every question about them.
 *
 * <p>Owns: the measurement as it is frozen at the door, what its identity is, the closed shape of a usage query, and the
 * port {@link io.tallystick.usage.UsageStore}. Does not own: how requests become commits ({@code usage.intake}), how a
 * measurement looks on a wire (the doors), where a field has its slot ({@code catalog}), how rows lie on disk (the
 * store).
 *
 * <p>Doors: {@link io.tallystick.usage.Measurement} and {@link io.tallystick.usage.Refusal} make a {@link
 * io.tallystick.usage.Submission}; {@link io.tallystick.usage.UsageQuery} and {@link
 * io.tallystick.usage.MeasurementQuery} ask, and for the {@link io.tallystick.usage.UsageAnswer.Evidence} behind an
 * answer; {@link io.tallystick.usage.UsageStore} is the port.
 *
 * <p>Invariants: a measurement never changes once it is frozen, and its row in nothing but where it ends; a question asked
 * as of one watermark has one answer, for ever.
 */
@NullMarked
@Room(doors = {"catalog", "id", "quantity", "time"})
package io.tallystick.usage;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
