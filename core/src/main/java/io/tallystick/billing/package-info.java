/**
 * Bills: who owes what for which period, and why.
 *
 * <p>Owns: the terms of an account plan as inherited, the walk from usage to a bill (read everything, decide, write
 * once), bills and their lines, bill jobs. Does not own: the arithmetic of prices ({@code rating}), the usage and the
 * catalogue themselves, the thread a job runs on (an edge).
 *
 * <p>Doors: {@link io.tallystick.billing.Biller} runs jobs, previews and recomputes; {@link
 * io.tallystick.billing.BillOrder} says what to bill; {@link io.tallystick.billing.BillJob} and {@link
 * io.tallystick.billing.Bill} are the documents. The walk inside: Facts (read) -> Terms (per account) -> Figures (one
 * usage query per meter, period and set of segments) -> Calculation (pure) -> Biller (write).
 *
 * <p>Invariants: a bill is a pure function of two watermarks, its period and its order; money is rounded once, at the
 * line; the total is the plain sum of the lines; one bill per account, frequency and period; usage without a price in
 * force is said on the bill; an account that used a segment without a price, or whose terms contradict each other, is
 * parked with the reason.
 */
@NullMarked
@Room(
        doors = {
            "account",
            "billing.calendar",
            "billing.reason",
            "billing.segment",
            "catalog",
            "document",
            "id",
            "quantity",
            "rating",
            "time",
            "usage"
        })
package io.tallystick.billing;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
