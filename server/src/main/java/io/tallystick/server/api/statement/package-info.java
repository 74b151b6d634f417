/**
 * What is given to the customer about a bill.
 *
 * <p>Owns: the paths of invoices and statements, which state of account and currency an invoice shows, statements as JSON and CSV.
 * Does not own: what stands on a bill ({@code billing}) and behind it ({@code billing.statement}), how an invoice looks ({@code
 * server.page}).
 *
 * <p>Doors: {@link io.tallystick.server.api.statement.InvoiceDoor}, {@link
 * io.tallystick.server.api.statement.StatementDoor}.
 *
 * <p>Invariant: what was given out for an approved bill is the same whenever it is asked for again.
 */
@NullMarked
@Room(
        doors = {
            "account",
            "billing",
            "billing.statement",
            "catalog",
            "document",
            "id",
            "quantity",
            "server.access",
            "server.http",
            "server.json",
            "server.page",
            "time"
        })
package io.tallystick.server.api.statement;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
