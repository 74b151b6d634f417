/**
 * Bills: who owes what for which period, and why.
 *
 * <p>Owns: the terms of an account plan as inherited, the walk from usage to a bill (read everything, decide, write
 * once), bills and their lines, bill jobs. Does not own: the arithmetic of prices ({@code rating}), the usage and the
 * catalogue themselves, the thread a job runs on (an edge).
 *
 *
 * <p>Invariants: a bill is a pure function of two watermarks and its period; money is rounded once, at the line; the
 * total is the plain sum of the lines; one bill per account, frequency and period.
 */
@NullMarked
@Room(doors = {"account", "catalog", "document", "id", "quantity", "rating", "time", "usage"})
package io.tallystick.billing;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
