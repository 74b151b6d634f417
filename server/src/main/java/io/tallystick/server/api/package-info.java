/**
 * The door: m3ter's HTTP API.
 *
 * <p>Owns: its paths, and the one mechanism by which every kind of document is created, listed, read, replaced and
 * deleted; bills and their jobs. Does not own: what a document looks like ({@code
 * json}), what its rules are (the rooms), or where anything is kept (the stores).
 *
 * <p>Doors: {@link io.tallystick.server.api.Api}.
 *
 * <p>Invariants: a document is read, listed and written in one shape; every change names its author.
 */
@NullMarked
@Room(
        doors = {
            "account",
            "billing",
            "catalog",
            "document",
            "id",
            "server.access",
            "server.api.organization",
            "server.api.usage",
            "server.http",
            "server.json",
            "server.metrics",
            "time",
            "usage",
            "usage.intake"
        })
package io.tallystick.server.api;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
