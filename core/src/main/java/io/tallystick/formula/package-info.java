/**
 * The calculation language of derived fields: parsed once, evaluated exactly.
 *
 * <p>Owns: grammar, parser, evaluation, and the texts that say where a formula is wrong. Does not own: where the names
 * in a formula get their values (the caller passes them in).
 *
 * <p>Invariant: the same formula over the same values gives the same digits on every machine and every day.
 */
@NullMarked
@Room(doors = "quantity")
package io.tallystick.formula;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
