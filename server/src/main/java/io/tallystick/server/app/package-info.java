/**
 * The program itself: the data directory, the wiring by hand, start and stop.
 *
 * <p>Owns: what a start needs and refuses (the data directory's lock, format and {@code tmp}), the order in which everything is opened and closed, {@code /health}, logging, exit codes. Does not
 * own: any rule of metering, rating or billing, and no route but {@code /health}.
 *
 * <p>Doors: {@link io.tallystick.server.app.ServeCommand}, {@link io.tallystick.server.app.OrgCommand} and {@link
 * io.tallystick.server.app.KeyCommand} for the command line, {@link
 * io.tallystick.server.app.Server} with its answer {@link io.tallystick.server.app.Start} for everyone who starts one in
 * the same process, {@link io.tallystick.server.app.DevCredentials}, {@link io.tallystick.server.app.HostProcess}. No other edge imports this package.
 *
 * <p>Invariants: a start that is refused leaves the data directory as it was; the ready line is printed after the port
 * is bound and the house is open; what was accepted is finished before the stores are closed.
 */
@NullMarked
@Room(
        doors = {
            "account",
            "billing",
            "billing.approval",
            "billing.correction",
            "billing.reason",
            "catalog",
            "document",
            "id",
            "server.access",
            "server.api",
            "server.api.billing",
            "server.http",
            "server.json",
            "server.json.correction",
            "server.metrics",
            "server.settings",
            "server.store.duckdb",
            "server.store.sqlite",
            "usage",
            "usage.intake"
        })
package io.tallystick.server.app;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
