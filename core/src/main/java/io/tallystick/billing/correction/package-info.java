/**
 * What puts bills right: lines that somebody writes by hand onto a pending bill, and, on the next bill, what an approved
 * one would say today.
 *
 * <p>Owns: who may write which line by hand, and that the bill shows it at once; which approved bills are put right, by
 * how much, on which bill, and how late. Does not own: how a bill is calculated, what a bill and its
 * lines are, and that lines by hand stay when it is calculated again ({@code billing}), the lists of reasons ({@code
 * billing.reason}).
 *
 * <p>Doors: {@link io.tallystick.billing.correction.ManualLines} writes, {@link
 * io.tallystick.billing.correction.ManualLine} is the document; {@link io.tallystick.billing.correction.LateUsage} finds
 * what is to be put right.
 *
 * <p>Invariants: only a pending bill changes; its total is right in the transaction that writes a line; a line by hand is
 * never lost with a calculation or with its bill: the bill stays until its lines by hand are taken away. An approved bill
 * and all corrections of it add up, line by line, to what it would say today.
 */
@NullMarked
@Room(
        doors = {
            "account",
            "billing",
            "billing.reason",
            "catalog",
            "document",
            "id",
            "quantity",
            "rating",
            "time",
            "usage"
        })
package io.tallystick.billing.correction;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
