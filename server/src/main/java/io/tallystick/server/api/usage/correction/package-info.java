/**
 * Measurements that were counted are voided and amended.
 *
 * <p>Owns: how the body of a request becomes changes, and how what became of them is answered. Does not own: how a
 * measurement is read ({@code server.api.usage}), what becomes of a change ({@code usage.correction}), the list of
 * corrections ({@code server.api.usage}).
 *
 * <p>Doors: {@link io.tallystick.server.api.usage.correction.VoidDoor}, {@link
 * io.tallystick.server.api.usage.correction.AmendDoor}.
 *
 * <p>Invariants: what is wrong with one element refuses that element only; what is answered is on disk.
 */
@NullMarked
@Room(
        doors = {
            "account",
            "catalog",
            "document",
            "id",
            "server.api.usage",
            "server.http",
            "server.json",
            "usage",
            "usage.correction",
            "usage.intake"
        })
package io.tallystick.server.api.usage.correction;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
