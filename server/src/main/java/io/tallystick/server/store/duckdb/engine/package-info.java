/**
 * What is peculiar to the engine below the usage store, and has nothing to do with usage.
 *
 * <p>Owns: how its log is looked through before it opens a file, how many threads it computes with, and what its errors
 * mean to an operator. Does not own: tables, SQL and connections ({@code server.store.duckdb}).
 *
 * <p>Doors: {@link io.tallystick.server.store.duckdb.engine.WriteAheadLog}, {@link
 * io.tallystick.server.store.duckdb.engine.Workers}, {@link io.tallystick.server.store.duckdb.engine.DuckDbFailure}.
 *
 * <p>Invariant: a file whose log is damaged in the middle is never given to the engine, which would drop what lies behind.
 */
@NullMarked
@Room(doors = "usage")
package io.tallystick.server.store.duckdb.engine;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
