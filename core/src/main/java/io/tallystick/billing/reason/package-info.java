/**
 * Why somebody put a bill right by hand, as an organization lists it.
 *
 * <p>Owns: the two lists, of reasons to give something back and of reasons to charge it. Does not own: the lines that
 * name a reason ({@code billing.correction}), what stands on a bill ({@code billing}).
 *
 * <p>Doors: {@link io.tallystick.billing.reason.Reason}.
 *
 * <p>Invariant: a reason that some line names stays; one that is no longer wanted is archived.
 */
@NullMarked
@Room(doors = {"document", "id"})
package io.tallystick.billing.reason;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
