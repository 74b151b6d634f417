/**
 * How requests become commits: the queue between the threads of the requests and the one that writes, the verdict on each
 * element, and the identities that it is decided against.
 *
 * <p>Owns: the intake, its queue and blocks, verdicts, identities in memory, and how the writer gets up again after a
 * commit of unknown outcome. Does not own: what a measurement is and what a store does ({@code usage}), how an identity is
 * hashed at rest ({@link io.tallystick.usage.IdentityHash}).
 *
 * <p>Doors: {@link io.tallystick.usage.intake.Intake} takes a {@link io.tallystick.usage.Submission} and answers a {@link
 * io.tallystick.usage.intake.Reply} with a {@link io.tallystick.usage.intake.Verdict} for each element, or changes, which it
 * answers with a {@link io.tallystick.usage.intake.CorrectionReply}.
 *
 * <p>The intake starts no thread and touches no disk: an edge lends it the one platform thread that serves it, and the
 * store behind the port does the writing.
 *
 * <p>Invariants: a verdict depends on the measurements and corrections before it and on nothing else; what was acknowledged is on disk
 * and counted; an identity is remembered only if its measurement was committed.
 */
@NullMarked
@Room(doors = {"id", "usage", "usage.correction"})
package io.tallystick.usage.intake;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
