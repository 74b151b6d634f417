/**
 * How a compound aggregation gets its quantity.
 *
 * <p>Owns: which aggregations a formula needs, what it is given where nothing was used, and the record of what it was
 * given, with which a line can be reckoned again. Does not own: the formula ({@code formula}), that no compound needs
 * itself (the door of the catalogue refuses it), how quantities are measured and priced ({@code billing}).
 *
 * <p>Doors: {@link io.tallystick.billing.compound.Compounds}, {@link io.tallystick.billing.compound.Calculated} on a
 * line.
 *
 * <p>Invariant: a quantity is a pure function of what was measured; where the formula has none, that is said and
 * nothing is charged in its place.
 */
@NullMarked
@Room(doors = {"catalog", "document", "formula", "id", "quantity"})
package io.tallystick.billing.compound;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
