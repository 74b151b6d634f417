package io.tallystick.billing;

import io.tallystick.account.Account;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.quantity.Currency;
import io.tallystick.time.DuePeriod;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What puts right, on the bills of an order, what approved bills charged. Pure: the same watermarks, the same answer. */
@FunctionalInterface
public interface Corrections {
    /** Of bills that say nothing of others. */
    Corrections NONE = (organization, watermarks, carriers) -> Map.of();

    /**
     * What is to be said of other bills.
     *
     * @return by the bill that says it; nothing for a bill without any
     */
    Map<Carrier, Correction> find(OrganizationId organization, Watermarks watermarks, List<Carrier> carriers);

    /** A bill that puts others right: of its account, frequency and currency the one for the latest period. */
    record Carrier(Id<Account> account, DuePeriod due, Currency currency) {
        static final Comparator<Carrier> BY_PERIOD = Comparator.comparing(
                        (Carrier carrier) -> carrier.due().period().to())
                .thenComparing(carrier -> carrier.due().period().from())
                .thenComparingInt(carrier -> carrier.due().cycle().interval());
    }

    /**
     * What a bill says of other bills.
     *
     * @param lines in their order; the bill gives them their places
     * @param unpricedUsage what is not charged
     * @param elsewhere of each bill that they put right, what further bills had charged or given back for each of its lines
     */
    record Correction(
            List<LineItem> lines,
            List<UnpricedUsage> unpricedUsage,
            Map<Id<Bill>, Map<Id<LineItem>, BigDecimal>> elsewhere) {
        public Correction {
            lines = List.copyOf(lines);
            unpricedUsage = List.copyOf(unpricedUsage);
            elsewhere = Map.copyOf(elsewhere);
        }

        /**
         * What bills charged or gave back for each line of a corrected bill.
         *
         * @param besides the bill that is calculated
         */
        public static Map<Id<LineItem>, BigDecimal> elsewhere(
                List<Document<Bill>> bills, Id<Bill> corrected, Bill besides) {
            Map<Id<LineItem>, BigDecimal> sums = new HashMap<>();
            bills.stream()
                    .filter(bill -> !bill.content().standsFor(besides))
                    .flatMap(bill -> bill.content().lines().stream())
                    .filter(line ->
                            line.isCorrection() && line.reference().bill().equals(Optional.of(corrected)))
                    .forEach(line ->
                            sums.merge(line.reference().line().orElseThrow(), line.subtotal(), BigDecimal::add));
            return sums;
        }
    }
}
