/**
 * Documents for people, as HTML: the invoice.
 *
 * <p>Owns: how an invoice looks, and that every text in it is text. Does not own: what stands on a bill ({@code billing}), who may
 * see it (a door).
 *
 * <p>Doors: {@link io.tallystick.server.page.InvoicePage} writes an {@link io.tallystick.server.page.Invoice}; {@link
 * io.tallystick.server.page.StyleSheet} says what the browser may load.
 *
 * <p>Invariants: a text from outside never becomes markup; a page loads nothing and runs nothing; a number keeps all its digits.
 */
@NullMarked
@Room(doors = {"account", "billing", "id", "quantity", "rating", "time"})
package io.tallystick.server.page;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
