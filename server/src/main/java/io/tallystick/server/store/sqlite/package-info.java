/**
 * Documents in one SQLite file, {@code documents.sqlite} in the data directory.
 *
 * <p>Owns: the tables and their migrations, the threads that speak to SQLite, and what an error of the disk means. Does
 * not own: the rules of documents ({@code document}), nor how a content is written as text (each kind's {@link
 * io.tallystick.server.store.sqlite.DocumentCodec}, given at start).
 *
 * <p>Doors: {@link io.tallystick.server.store.sqlite.SqliteDocuments}, {@link
 * io.tallystick.server.store.sqlite.DocumentCodec}, {@link io.tallystick.server.store.sqlite.DocumentCodecs}.
 *
 * <p>Invariants: a row of {@code revision} is never updated or deleted; numbers of documents and revisions are given by
 * SQLite inside a transaction that holds the write lock, so another process may write at any time; only threads of this
 * package call the native library, because such a call pins the carrier of a virtual thread.
 */
@NullMarked
@Room(doors = {"document", "id"})
package io.tallystick.server.store.sqlite;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
