package io.tallystick.billing;

import io.tallystick.document.Author;
import io.tallystick.id.InvoiceNumber;
import java.util.Optional;

/**
 * How far a bill has come in its life, and who brought it there. It goes forward only: PENDING, approved, locked.
 * Source: m3ter API, Bill {@code status} and {@code locked}.
 */
public sealed interface BillState {
    /** The words of the wire; a locked bill is APPROVED. */
    enum Status {
        PENDING,
        APPROVED
    }

    /** It may be calculated again, or deleted. */
    record Pending() implements BillState {}

    /**
     * Somebody has accepted it; no job calculates it again.
     *
     * @param by who accepted it, and when
     * @param number under which it is in the books from then on
     */
    record Approved(Author by, InvoiceNumber number) implements BillState {}

    /**
     * Closed for good.
     *
     * @param approved how it came to be approved
     * @param by who closed it, and when
     */
    record Locked(Approved approved, Author by) implements BillState {}

    default Status status() {
        return switch (this) {
            case Pending _ -> Status.PENDING;
            case Approved _, Locked _ -> Status.APPROVED;
        };
    }

    /** How it was approved, if it was. */
    default Optional<Approved> approval() {
        return switch (this) {
            case Pending _ -> Optional.empty();
            case Approved approved -> Optional.of(approved);
            case Locked(Approved approved, Author _) -> Optional.of(approved);
        };
    }

    /** Who locked it, and when, if somebody did. */
    default Optional<Author> locking() {
        return switch (this) {
            case Pending _, Approved _ -> Optional.empty();
            case Locked(Approved _, Author by) -> Optional.of(by);
        };
    }
}
