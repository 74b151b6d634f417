/**
 * A leaf of the benchmark.
 *
 * <p>Owns: the events that every measured store is given, the prices of bills, and the arithmetic of what they come to. Does
 * not own: how a server is asked.
 *
 * <p>Doors: {@link io.tallystick.bench.event.Events} gives events, {@link io.tallystick.bench.event.Tally} adds them up, {@link
 * io.tallystick.bench.event.PriceList} says what that costs.
 *
 * <p>Invariant: an event is a function of its place: two readers see the same.
 */
@NullMarked
@Room(doors = {})
package io.tallystick.bench.event;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
