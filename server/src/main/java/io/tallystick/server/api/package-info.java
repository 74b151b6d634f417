/**
 * The door: m3ter's HTTP API.
 *
 * <p>Owns: its paths, which kinds of documents people create and what each demands beyond its fields, events. Does not
 * own: the mechanism that all documents share ({@code server.api.resource}), bills and their jobs ({@code
 * server.api.billing}), usage ({@code server.api.usage}), what a document looks like ({@code server.json}), or where
 * anything is kept (the stores).
 *
 * <p>Doors: {@link io.tallystick.server.api.Api}.
 *
 * <p>Invariants: every path is in one place; what is told as an event is kept anyway.
 */
@NullMarked
@Room(
        doors = {
            "account",
            "billing",
            "billing.correction",
            "billing.reason",
            "catalog",
            "document",
            "id",
            "server.access",
            "server.api.billing",
            "server.api.organization",
            "server.api.resource",
            "server.api.search",
            "server.api.usage",
            "server.http",
            "server.json",
            "server.json.correction",
            "server.metrics",
            "time",
            "usage",
            "usage.intake"
        })
package io.tallystick.server.api;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
