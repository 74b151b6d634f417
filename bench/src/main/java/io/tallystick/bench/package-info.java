/**
 * The benchmark behind {@code ./tallystick bench}: how fast measurements are taken in, how quickly questions are answered,
 * how long a bill job takes,
 * what it costs, and that every figure is exact all the same.
 *
 * <p>Owns: the events it sends, the generator that sends them, the check of what was counted, the runs it compares with
 * (the store in process, PostgreSQL), and the tables of docs/benchmarks.md. Does not own: the server, which it starts as a
 * process and knows as a customer does, through HTTP.
 *
 * <p>Doors: none; {@link io.tallystick.bench.Bench} is started by the launcher. It stands beside the house: no room knows
 * it, so it is not in the picture.
 *
 * <p>Invariants: what is timed was made before the clock started; a wrong count or sum ends the command with 1; no
 * process outlives the command.
 */
@NullMarked
@Room(doors = {"bench.event", "bench.measure", "catalog", "id", "server.store.duckdb", "usage", "usage.intake"})
package io.tallystick.bench;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
