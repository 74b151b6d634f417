/**
 * How what was counted is corrected: what somebody wants voided or amended, and what becomes of it.
 *
 * <p>Owns: the wish ({@link io.tallystick.usage.correction.Change}), the decision about it, and the answer ({@link
 * io.tallystick.usage.correction.Outcome}). Does not own: how a correction lies at rest ({@code usage}), its commit ({@code
 * usage.intake}), how a wish is read from a wire (the doors).
 *
 * <p>Doors: {@link io.tallystick.usage.correction.Change}, {@link io.tallystick.usage.correction.Decision}.
 *
 * <p>Invariants: a decision depends on the wish and on what was last said under the uid, and on nothing else; repeated, it
 * changes nothing more.
 */
@NullMarked
@Room(doors = "usage")
package io.tallystick.usage.correction;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
