/**
 * JSON and the shapes of documents in it, the same on the wire and at rest.
 *
 * <p>Owns: reading and writing JSON text within limits, {@link io.tallystick.server.json.Shape} (which fields a kind of
 * document has, what each may hold, what is answered and what is kept), and one {@code XJson} per kind. Does not own:
 * which paths lead to a document, who may see it, or where it is stored.
 *
 * <p>Doors: {@link io.tallystick.server.json.Json}, {@link io.tallystick.server.json.Shape}, {@link
 * io.tallystick.server.json.Shapes}.
 *
 * <p>Invariants: a number is never read through a double and never written with an exponent; every fault of one body is
 * collected before any is answered; what was written at rest is read again without a fault.
 */
@NullMarked
@Room(
        doors = {
            "account",
            "billing",
            "billing.approval",
            "billing.reason",
            "catalog",
            "catalog.price",
            "document",
            "formula",
            "id",
            "quantity",
            "rating",
            "server.access",
            "time",
            "usage"
        })
package io.tallystick.server.json;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
