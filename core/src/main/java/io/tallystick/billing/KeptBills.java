package io.tallystick.billing;

import io.tallystick.account.BillConfig;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Listing;
import io.tallystick.document.Page;
import io.tallystick.document.Reading;
import io.tallystick.document.Registered;
import io.tallystick.document.Registrar;
import io.tallystick.document.Transaction;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.usage.UsageWatermark;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The bills that are kept: how the one for the same time is found, why a calculation cannot take its place, and how it does.
 *
 * @param ids a new identifier with each call
 */
record KeptBills(Supplier<String> ids) {
    /** Bills read at once: each is whole. */
    private static final int LOOKED_AT = 500;

    static Optional<Document<Bill>> find(Reading documents, OrganizationId organization, Bill bill) {
        return documents.findBy(Bill.KIND, organization, Bill.ONE_PER, bill.onePer()).stream()
                .findFirst();
    }

    /** Pending bills that do not know the latest measurements. */
    static Set<Id<Bill>> outdated(Documents documents, OrganizationId organization, UsageWatermark latest) {
        Set<Id<Bill>> outdated = new LinkedHashSet<>();
        Listing<Bill> listing = Listing.newest(Bill.KIND, organization, LOOKED_AT)
                .keyed("status", Set.of(BillState.Status.PENDING.name()))
                .where(bill -> !bill.watermarks().usage().equals(latest));
        OptionalInt next;
        do {
            Page<Bill> page = documents.list(listing);
            page.documents().forEach(bill -> outdated.add(bill.id()));
            next = page.next();
            listing = next.isPresent() ? listing.before(next.getAsInt()) : listing;
        } while (next.isPresent());
        return outdated;
    }

    /** Why a bill cannot be written, if it cannot. */
    static Optional<Parked> refused(
            Reading documents,
            OrganizationId organization,
            Optional<Document<Bill>> earlier,
            Bill bill,
            Optional<Corrections.Correction> correction) {
        return Parked.billedTwice(documents, organization, bill)
                .or(() -> Parked.closedBooks(BillConfig.of(documents, organization), earlier, bill))
                .or(() -> Parked.beyondLimits(bill))
                .or(() -> earlier.flatMap(present -> Parked.inAnotherCurrency(present, bill)))
                .or(() -> correction.flatMap(found -> Parked.overtaken(documents, organization, bill, found)));
    }

    /** Puts a bill in the place of the one that is there, if that gives way to it. */
    Put put(Transaction transaction, OrganizationId organization, Optional<Document<Bill>> earlier, Bill bill) {
        return switch (register(transaction, organization, earlier, bill)) {
            case Registered.Done<Bill>(Document<Bill> kept) -> new Put.Kept(kept);
            case Registered.Dangling<Bill>(String _, String _, String target, String missing) ->
                new Put.Refused(new Parked(
                        bill.account(),
                        "Expected %s %s to exist until its bill was written, but it was deleted meanwhile."
                                .formatted(target, missing)));
            case Registered.Unknown<Bill> unknown -> throw unexpected(unknown);
            case Registered.Stale<Bill> stale -> throw unexpected(stale);
            case Registered.Taken<Bill> taken -> throw unexpected(taken);
            case Registered.InUse<Bill> used -> throw unexpected(used);
        };
    }

    private Registered<Bill> register(
            Transaction transaction, OrganizationId organization, Optional<Document<Bill>> earlier, Bill bill) {
        Registrar registrar = new Registrar(transaction, organization);
        if (earlier.isEmpty()) {
            return registrar.create(Bill.KIND, new Id<>(ids.get()), bill);
        }
        Document<Bill> present = earlier.get();
        return present.content().givesWayTo(bill)
                ? registrar.replace(Bill.KIND, present.id(), present.version(), bill.replacing(present.content()))
                : new Registered.Done<>(present);
    }

    /** Everything was looked up in the same transaction, so only a fault of ours leads here. */
    private static IllegalStateException unexpected(Registered<Bill> refusal) {
        return new IllegalStateException(
                "Expected the bill to be written, but the register said %s.".formatted(refusal));
    }

    /** What came of putting a bill in its place. */
    sealed interface Put {
        /** The bill that is there now. */
        record Kept(Document<Bill> bill) implements Put {}

        /** It cannot be kept. */
        record Refused(Parked parked) implements Put {}
    }
}
