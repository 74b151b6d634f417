/**
 * What all documents have in common at the door: one mechanism by which they are created, listed, read, replaced and
 * deleted.
 *
 * <p>Owns: how a resource is declared (path, kind, shape, filters, rules), lists with their pages and filters. Does not
 * own: which resources there are and what they demand ({@code server.api} and its rooms), the register's own rules
 * ({@code document}).
 *
 * <p>Doors: {@link io.tallystick.server.api.resource.Resource}, {@link
 * io.tallystick.server.api.resource.ResourceDoor}, {@link io.tallystick.server.api.resource.ListDoor}.
 *
 * <p>Invariants: a document is read, listed and written in one shape; every change names its author.
 */
@NullMarked
@Room(doors = {"document", "id", "server.http", "server.json"})
package io.tallystick.server.api.resource;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
