/**
 * What usage costs: quantity and price model in, explained amounts out. Pure functions only.
 *
 * <p>Owns: what a price model's bands charge, and its explanation, band by band. Does not own: how a model spreads units
 * over bands ({@code catalog.price}: each model is one record), which price is in force or
 * what was used ({@code billing} finds both), or rounding (a bill line rounds once).
 *
 * <p>Doors: {@link io.tallystick.rating.Rating}, with {@link io.tallystick.rating.Consumption} and {@link
 * io.tallystick.rating.Earlier} in and {@link io.tallystick.rating.Rated} out.
 *
 * <p>Invariant: the bands of an explanation add up to its amount, exactly.
 */
@NullMarked
@Room(doors = {"catalog", "catalog.price", "id", "quantity"})
package io.tallystick.rating;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
