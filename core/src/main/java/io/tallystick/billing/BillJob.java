package io.tallystick.billing;

import io.tallystick.document.Kind;
import io.tallystick.id.Id;
import java.util.List;
import java.util.Optional;

/**
 * The making of many bills, and how far it is. Source: m3ter API, BillJob.
 *
 * @param order which bills; never changes
 * @param recalculates pending bills that are calculated again, each by the order that made it; empty: bills are made by
 *     {@code order}
 * @param watermarks the one state of the world all its bills are computed from; absent until it has been read
 * @param total accounts to bill, known once it is RUNNING
 * @param pending accounts not yet billed or parked
 * @param bills what it made, recalculated or found already right; listed when it has ended
 * @param parked accounts it could not bill; listed when it has ended
 * @param failure why it ended early, where nobody asked for that
 */
public record BillJob(
        BillOrder order,
        List<Id<Bill>> recalculates,
        Status status,
        Optional<Watermarks> watermarks,
        int total,
        int pending,
        List<Id<Bill>> bills,
        List<Parked> parked,
        Optional<String> failure) {
    public static final Kind<BillJob> KIND = Kind.of("billjob", BillJob.class)
            .foundBy("status", job -> Optional.of(job.status().name()))
            .foundBy("active", job -> Optional.of(Boolean.toString(job.isActive())));

    /** Source: m3ter API, BillJob {@code status}. */
    public enum Status {
        PENDING,
        INITIALIZING,
        RUNNING,
        COMPLETE,
        CANCELLED
    }

    public BillJob {
        recalculates = List.copyOf(recalculates);
        bills = List.copyOf(bills);
        parked = List.copyOf(parked);
        if (pending < 0 || pending > total) {
            throw new IllegalArgumentException(
                    "Expected 0 to %d pending accounts of a bill job, but were %d.".formatted(total, pending));
        }
        if (status == Status.COMPLETE && pending > 0) {
            throw new IllegalArgumentException(
                    "Expected a complete bill job to have no pending accounts, but were %d.".formatted(pending));
        }
    }

    /** A job nobody has begun. */
    public static BillJob of(BillOrder order) {
        return recalculating(order, List.of());
    }

    /**
     * A job nobody has begun, for bills that are there.
     *
     * @param order of the first of them
     */
    public static BillJob recalculating(BillOrder order, List<Id<Bill>> bills) {
        return new BillJob(
                order, bills, Status.PENDING, Optional.empty(), 0, 0, List.of(), List.of(), Optional.empty());
    }

    /** Whether there is still something to do. */
    public boolean isActive() {
        return switch (status) {
            case PENDING, INITIALIZING, RUNNING -> true;
            case COMPLETE, CANCELLED -> false;
        };
    }

    /** The job as somebody has stopped it: bills already made stay, the rest is not made. */
    public BillJob cancelled() {
        return ended(Status.CANCELLED, total, pending, failure);
    }

    /** The job as it stopped because something broke. A new job with the same order goes on where this one ended. */
    public BillJob failed(String reason) {
        return ended(Status.CANCELLED, total, pending, Optional.of(reason));
    }

    BillJob initializing(Watermarks read) {
        return new BillJob(
                order, recalculates, Status.INITIALIZING, Optional.of(read), 0, 0, List.of(), List.of(), failure);
    }

    BillJob running(int totalAccounts, int pendingAccounts) {
        return new BillJob(
                order,
                recalculates,
                Status.RUNNING,
                watermarks,
                totalAccounts,
                pendingAccounts,
                List.of(),
                List.of(),
                failure);
    }

    BillJob complete(int totalAccounts, List<Id<Bill>> madeBills, List<Parked> parkedAccounts) {
        return ended(Status.COMPLETE, totalAccounts, 0, failure).listing(madeBills, parkedAccounts);
    }

    BillJob listing(List<Id<Bill>> madeBills, List<Parked> parkedAccounts) {
        return new BillJob(order, recalculates, status, watermarks, total, pending, madeBills, parkedAccounts, failure);
    }

    private BillJob ended(Status last, int totalAccounts, int pendingAccounts, Optional<String> cause) {
        return new BillJob(order, recalculates, last, watermarks, totalAccounts, pendingAccounts, bills, parked, cause);
    }
}
