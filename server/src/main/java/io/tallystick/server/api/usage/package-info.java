/**
 * Measurements in, questions about usage out, as m3ter's API has them.
 *
 * <p>Owns: how the body of a request becomes measurements and refusals, codes to numbers, how a question on the wire
 * becomes one of the room and its answer rows, the lists of what was kept uncounted and how it is sent again. Does not
 * own: verdicts and identities ({@code usage}), who may ask ({@code server.http}).
 *
 * <p>Doors: {@link io.tallystick.server.api.usage.MeasurementsDoor}, {@link
 * io.tallystick.server.api.usage.UsageDoor}, {@link io.tallystick.server.api.usage.RefusedDoor}, {@link
 * io.tallystick.server.api.usage.ConflictsDoor}, {@link
 * io.tallystick.server.api.usage.CorrectionsDoor}, {@link io.tallystick.server.api.usage.RetryDoor}, {@link
 * io.tallystick.server.api.usage.FailedIngestDoor}, {@link
 * io.tallystick.server.api.usage.Directory}.
 *
 * <p>Invariants: what is wrong with one element refuses that element only; what is answered as accepted is on disk and
 * counted.
 */
@NullMarked
@Room(
        doors = {
            "account",
            "catalog",
            "document",
            "formula",
            "id",
            "quantity",
            "server.access",
            "server.http",
            "server.json",
            "server.metrics",
            "text",
            "time",
            "usage",
            "usage.intake"
        })
package io.tallystick.server.api.usage;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
