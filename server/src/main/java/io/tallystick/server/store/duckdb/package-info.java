/**
 * Usage on one machine: the port {@link io.tallystick.usage.UsageStore} on DuckDB, one file.
 *
 * <p>Owns: how measurements lie on disk (docs/adr/0100-usage-row.md), the translation of questions into SQL, the threads
 * that questions run on and their limits. Does not own: verdicts and the gathering of blocks ({@code usage}), and the
 * one thread that writes, which is lent to the intake by whoever wires the house.
 *
 * <p>Doors: {@link io.tallystick.server.store.duckdb.DuckDbUsageStore}, {@link
 * io.tallystick.server.store.duckdb.DuckDbSettings}.
 *
 * <p>Invariants: a block is on disk with all of its rows, and the ends of those it corrects, or with none; no text of a user becomes SQL; no native call is
 * made on a virtual thread.
 */
@NullMarked
@Room(doors = {"catalog", "id", "quantity", "server.store.duckdb.engine", "text", "time", "usage"})
package io.tallystick.server.store.duckdb;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
