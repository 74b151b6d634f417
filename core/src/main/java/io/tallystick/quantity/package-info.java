/**
 * Exact numbers: quantities, money, and the few named places where a digit may be lost.
 *
 * <p>Owns: the limits of a number, division (34 digits, half-even), the rounding modes of aggregations, currencies and
 * their rounding, {@link io.tallystick.quantity.Money}. Does not own: what is counted ({@code usage}) or charged
 * ({@code rating}).
 *
 * <p>Doors: {@link io.tallystick.quantity.Decimals} (every number from outside), {@link
 * io.tallystick.quantity.Exact}, {@link io.tallystick.quantity.Rounding}, {@link
 * io.tallystick.quantity.CurrencyRounding}, {@link io.tallystick.quantity.Money}.
 *
 * <p>Invariant: no double touches a quantity, a price or an amount.
 */
@NullMarked
@Room
package io.tallystick.quantity;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
