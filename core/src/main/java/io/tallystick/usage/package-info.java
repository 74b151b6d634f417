/**
 * What was used: measurements, the verdict each one gets, and every question about them.
 *
 * <p>Owns: the measurement as it is frozen at the door, identities and verdicts, the intake that gathers requests into
 * commits, the closed shape of a usage query, and the port {@link io.tallystick.usage.UsageStore}. Does not own: how a
 * measurement looks on a wire (the doors), where a field has its slot ({@code catalog}), how rows lie on disk (the
 * store).
 *
 * <p>Doors: {@link io.tallystick.usage.Measurement} and {@link io.tallystick.usage.Refusal} make a {@link
 * io.tallystick.usage.Submission}, {@link io.tallystick.usage.Intake} takes it; {@link io.tallystick.usage.UsageQuery} and
 * {@link io.tallystick.usage.MeasurementQuery} ask, and for the {@link io.tallystick.usage.UsageAnswer.Evidence} behind an answer; {@link io.tallystick.usage.UsageStore} is the port.
 *
 * <p>The intake starts no thread and touches no disk: an edge lends it the one platform thread that serves it, and the
 * store behind the port does the writing.
 *
 * <p>Invariants: a verdict depends on the measurements before it and on nothing else; what was acknowledged is on disk
 * and counted; a question asked as of one watermark has one answer, for ever.
 */
@NullMarked
@Room(doors = {"catalog", "id", "quantity", "time"})
package io.tallystick.usage;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
