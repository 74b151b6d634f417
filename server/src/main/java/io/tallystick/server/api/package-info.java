/**
 * The door: m3ter's HTTP API, and what every other HTTP door of the house shares with it.
 *
 * <p>Owns: paths, who may use them, bodies within limits, the one mechanism by which every kind of document is created,
 * listed, read, replaced and deleted, and how refusals become answers. Does not own: what a document looks like ({@code
 * json}), what its rules are (the rooms), or where anything is kept (the stores).
 *
 * <p>Doors: {@link io.tallystick.server.api.Api}.
 *
 * <p>Invariants: success is always 200; an error always has a {@code message} and a {@code code}; nothing of one
 * organization is ever answered to another.
 */
@NullMarked
@Room(
        doors = {
            "account",
            "billing",
            "catalog",
            "document",
            "formula",
            "id",
            "quantity",
            "server.access",
            "server.json",
            "time",
            "usage"
        })
package io.tallystick.server.api;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
