/**
 * The calculation language of derived fields: parsed once, evaluated exactly.
 *
 * <p>Owns: grammar, parser, evaluation, and the texts that say where a formula is wrong. Does not own: where the names
 * in a formula get their values (the caller passes them in).
 *
 * <p>Doors: {@link io.tallystick.formula.Formula#parse} with {@link io.tallystick.formula.Parsed}; {@link
 * io.tallystick.formula.Formula#evaluate} over a {@link io.tallystick.formula.Scope} of {@link
 * io.tallystick.formula.Value}s with {@link io.tallystick.formula.Evaluated}.
 *
 * <p>Invariants: parsing and evaluating never throw, whatever the text and the values; the same formula over the same
 * values gives the same digits on every machine and every day; no text that is accepted can use up the stack or the
 * time.
 */
@NullMarked
@Room(doors = "quantity")
package io.tallystick.formula;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
