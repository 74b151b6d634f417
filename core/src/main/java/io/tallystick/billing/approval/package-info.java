/**
 * How a bill gets into the books: approved under a number, locked, or deleted while it is still pending.
 *
 * <p>Owns: who may do what to a bill in which state, the sequence of invoice numbers, closing the books before a
 * date. Does not own: what a bill is and how it is calculated ({@code billing}), which of its paths exist (an
 * edge).
 *
 * <p>Doors: {@link io.tallystick.billing.approval.Approvals} decides and writes; {@link
 * io.tallystick.billing.approval.InvoiceSequence} is its document; {@link io.tallystick.billing.approval.LockDate} closes
 * the books.
 *
 * <p>Invariants: a bill goes from pending to approved to locked and never back; the number is given in the transaction
 * that approves, so that a transaction that fails gives none and the numbers have no gap; a bill that has a number is
 * never deleted; no bill is pending, and none is made, before the lock date.
 */
@NullMarked
@Room(doors = {"account", "billing", "document", "id"})
package io.tallystick.billing.approval;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
