/**
 * What puts bills right: lines that somebody writes by hand onto a pending bill.
 *
 * <p>Owns: who may write which line by hand, and that the bill shows it at once. Does not own: what a bill and its
 * lines are, and that lines by hand stay when it is calculated again ({@code billing}), the lists of reasons ({@code
 * billing.reason}).
 *
 * <p>Doors: {@link io.tallystick.billing.correction.ManualLines} writes, {@link
 * io.tallystick.billing.correction.ManualLine} is the document.
 *
 * <p>Invariants: only a pending bill changes; its total is right in the transaction that writes a line; a line by hand is
 * never lost with a calculation or with its bill: the bill stays until its lines by hand are taken away.
 */
@NullMarked
@Room(doors = {"billing", "billing.reason", "catalog", "document", "id", "quantity", "rating", "time"})
package io.tallystick.billing.correction;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
