/**
 * What is sold and how it is measured and priced: products, meters, aggregations, plan templates, plans, pricings,
 * currencies.
 *
 * <p>Owns: these documents, their kinds and keys, the invariants inside one of them (formulas that name fields of their
 * meter, which segment is more specific), and which slot of a usage row each field of a meter has. Does not own: how
 * units become an amount ({@code catalog.price}), who buys ({@code account}), what was used ({@code usage}), what it
 * costs ({@code rating}).
 *
 * <p>Doors: the records and their {@code KIND}s.
 *
 * <p>Invariants: a slot, once given to a field, is never given to another one.
 */
@NullMarked
@Room(doors = {"catalog.price", "document", "formula", "id", "quantity", "time"})
package io.tallystick.catalog;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
