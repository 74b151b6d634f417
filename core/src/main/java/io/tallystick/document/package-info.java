/**
 * Versioned documents: everything that people and programs tell us, and everything we decide, is one.
 *
 * <p>Owns: what a document is (identity, number, version, audit, content), its kinds with their keys, the rules of
 * creating, replacing and deleting one (unique keys, references, version lock), and the port {@link
 * io.tallystick.document.Documents} behind which all revisions are kept. Does not own: what is inside a document (the
 * rooms that declare the kinds), nor how it looks on the wire or on disk (the edges).
 *
 * <p>Doors: {@link io.tallystick.document.Documents}, {@link io.tallystick.document.Registrar}, {@link
 * io.tallystick.document.Kind}, {@link io.tallystick.document.Document}, {@link
 * io.tallystick.document.Listing}.
 *
 * <p>Invariants: a revision is never changed or removed; as of one watermark every reader sees the same documents, for
 * ever; a document never belongs to two organizations.
 */
@NullMarked
@Room(doors = "id")
package io.tallystick.document;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
