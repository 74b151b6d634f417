/**
 * Bills and bill jobs, as m3ter's API has them.
 *
 * <p>Owns: their paths, the thread that jobs run on. Does not own: what a bill is and how it is calculated ({@code
 * billing}), when it may be approved ({@code billing.approval}), what it looks like ({@code server.json}).
 *
 * <p>Doors: {@link io.tallystick.server.api.billing.BillDoor}, {@link io.tallystick.server.api.billing.BillJobDoor},
 * {@link io.tallystick.server.api.billing.ApprovalDoor}, {@link io.tallystick.server.api.billing.BillConfigDoor}, {@link
 * io.tallystick.server.api.billing.ExplainDoor}, {@link io.tallystick.server.api.billing.PreviewDoor}, {@link
 * io.tallystick.server.api.billing.BillJobs}.
 *
 * <p>Invariants: what a job makes is seen by polling it; a job that a stop interrupted goes on after the next start.
 */
@NullMarked
@Room(
        doors = {
            "account",
            "billing",
            "billing.approval",
            "billing.correction",
            "billing.segment",
            "catalog",
            "document",
            "id",
            "quantity",
            "rating",
            "server.api.resource",
            "server.api.usage",
            "server.http",
            "server.json",
            "server.json.correction",
            "time",
            "usage"
        })
package io.tallystick.server.api.billing;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
