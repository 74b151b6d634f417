/**
 * Tables from texts to numbers that are asked several times for every measurement.
 *
 * <p>Owns: how such a table lies in memory. Does not own: what the numbers mean, or where they are kept at rest.
 *
 * <p>Doors: {@link io.tallystick.text.TextNumbers}.
 *
 * <p>Invariant: a text that was given a number has it as long as the table lives.
 */
@NullMarked
@Room
package io.tallystick.text;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
