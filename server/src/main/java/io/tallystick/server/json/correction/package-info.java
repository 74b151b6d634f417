/**
 * Lines by hand and their reasons in JSON, the same on the wire and at rest.
 *
 * <p>Owns: the shapes of {@code creditlineitems}, {@code debitlineitems} and of the two lists of reasons. Does not own:
 * how a shape reads and writes ({@code server.json}), what a line by hand may be ({@code billing.correction}).
 *
 * <p>Doors: {@link io.tallystick.server.json.correction.ManualLineJson}, {@link
 * io.tallystick.server.json.correction.ReasonJson}.
 *
 * <p>Invariant: what was written at rest is read again without a fault.
 */
@NullMarked
@Room(doors = {"billing", "billing.correction", "billing.reason", "catalog", "id", "server.json", "time"})
package io.tallystick.server.json.correction;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
