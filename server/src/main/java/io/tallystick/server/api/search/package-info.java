/**
 * Searching documents: {@code searchQuery}, sorting, and pages by offset.
 *
 * <p>Owns: the grammar of a search and what each comparator means for each form of value. Does not own: what a kind of
 * document can be searched by (the rooms that declare the kinds), the cards it is looked up on ({@code document}).
 *
 * <p>Doors: {@link io.tallystick.server.api.search.SearchDoor}.
 *
 * <p>Invariants: the same search of the same documents has the same order, so that no page shows what another one has; a
 * term that cannot be understood is refused, never left out.
 */
@NullMarked
@Room(doors = {"document", "id", "quantity", "server.api.resource", "server.http", "server.json"})
package io.tallystick.server.api.search;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
