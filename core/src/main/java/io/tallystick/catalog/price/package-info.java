/**
 * How units become an amount: the price models and their bands.
 *
 * <p>Owns: the models, each a record, and how each spreads units over its bands. Does not own: whose units they price and
 * when ({@code catalog}: a pricing), the explained amounts ({@code rating}).
 *
 * <p>Doors: {@link io.tallystick.catalog.price.PriceModel} and its records.
 *
 * <p>Invariants: a price model is never empty and starts at 0; its shares add up to the units.
 */
@NullMarked
@Room(doors = {"id"})
package io.tallystick.catalog.price;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
