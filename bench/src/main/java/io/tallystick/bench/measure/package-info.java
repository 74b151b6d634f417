/**
 * A leaf of the benchmark.
 *
 * <p>Owns: how times, rates, CPU and memory are held and compared, and on which machine they were had. Does not own: what is
 * measured.
 *
 * <p>Doors: {@link io.tallystick.bench.measure.Rate} and what it is made of.
 *
 * <p>Invariant: a figure has its unit in its type or its name.
 */
@NullMarked
@Room(doors = {})
package io.tallystick.bench.measure;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
