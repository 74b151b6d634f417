package io.tallystick.billing;

import io.tallystick.account.AccountPlan;
import io.tallystick.billing.compound.Calculated;
import io.tallystick.billing.reason.Reason;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.Segment;
import io.tallystick.document.Document;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.CurrencyRounding;
import io.tallystick.quantity.Exact;
import io.tallystick.rating.BandUsage;
import io.tallystick.rating.Earlier;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One line of a bill: what is charged or given back, for which time, how it was computed. Source: m3ter API,
 * BillLineItem.
 *
 * @param id the same for the same charge in every calculation of the bill
 * @param sequenceNumber place on the bill, from 1
 * @param description never empty
 * @param servicePeriod the time the charge is for
 */
public record LineItem(
        Id<LineItem> id,
        int sequenceNumber,
        LineItemType type,
        String description,
        Booking booking,
        Basis basis,
        Period servicePeriod,
        Amounts amounts,
        Reference reference) {
    public LineItem {
        if (sequenceNumber < 1 || description.isBlank()) {
            throw new IllegalArgumentException(
                    "Expected a sequence number from 1 and a description, but were %d and \"%s\"."
                            .formatted(sequenceNumber, description));
        }
        BigDecimal rated = basis.bands().stream().map(BandUsage::subtotal).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (type == LineItemType.USAGE && rated.compareTo(amounts.exact()) != 0) {
            throw new IllegalArgumentException("Expected the bands of line %s to add up to %s, but the sum is %s."
                    .formatted(id, amounts.exact().toPlainString(), rated.toPlainString()));
        }
        if (type == LineItemType.USAGE_CREDIT && !givesBackAtMost(rated, amounts.exact())) {
            throw new IllegalArgumentException(
                    "Expected line %s to give back at most %s, what its bands add up to, but it amounts to %s."
                            .formatted(
                                    id, rated.toPlainString(), amounts.exact().toPlainString()));
        }
    }

    /** A credit may be cut down to 0. Corrections that outweigh it are charged, whole. */
    private static boolean givesBackAtMost(BigDecimal rated, BigDecimal exact) {
        return rated.signum() < 0
                ? exact.compareTo(rated.negate()) == 0
                : exact.signum() <= 0 && exact.negate().compareTo(rated) <= 0;
    }

    /** A product as it was called when the bill was made. */
    public record BookedProduct(Id<Product> id, Code code, String name) {
        public static BookedProduct of(Document<Product> product) {
            return new BookedProduct(
                    product.id(), product.content().code(), product.content().name());
        }
    }

    /**
     * What it is charged under.
     *
     * @param accountPlan absent on lines that somebody wrote by hand
     * @param plan the account plan's
     * @param product the plan's
     * @param accountingProduct the product the amount is booked under
     */
    public record Booking(
            Optional<Id<AccountPlan>> accountPlan,
            Optional<Id<Plan>> plan,
            BookedProduct product,
            BookedProduct accountingProduct) {}

    /**
     * What the amount is computed from.
     *
     * @param counted what was counted
     * @param meter where it was counted, if that is one meter
     * @param pricing the price in force, or the one whose minimum it is
     * @param segment values by field, where an aggregation is priced in parts; empty: the whole
     * @param earlier usage of earlier periods that fills the bands first, where tiers span the plan; its units and those
     *     of this line are together those of its quantity and this line's
     * @param quantity as aggregated; 1 where nothing is counted
     * @param units what the price applies to; 1 where nothing is counted
     * @param unit what a unit is called; empty where nothing is counted
     * @param averageUnitPrice exact amount / units to 34 digits, 0 without units
     * @param bands how a usage amount comes together, exactly
     * @param calculated what the quantity of a compound aggregation was calculated from
     */
    public record Basis(
            Optional<Countable> counted,
            Optional<Id<Meter>> meter,
            Optional<Id<Pricing>> pricing,
            Map<String, String> segment,
            Earlier earlier,
            BigDecimal quantity,
            BigDecimal units,
            String unit,
            BigDecimal averageUnitPrice,
            List<BandUsage> bands,
            Optional<Calculated> calculated) {
        public Basis {
            if (calculated.isPresent() && counted.flatMap(Countable::compound).isEmpty()) {
                throw new IllegalArgumentException(
                        "Expected a calculation of a compound aggregation only, but %s has one: %s."
                                .formatted(counted, calculated.get().calculation()));
            }
            segment = Collections.unmodifiableMap(new TreeMap<>(segment));
            bands = List.copyOf(bands);
            quantity = Exact.plain(quantity);
            units = Exact.plain(units);
            averageUnitPrice = Exact.plain(averageUnitPrice);
        }

        /** What is not calculated but measured. */
        public Basis(
                Optional<Id<Aggregation>> aggregation,
                Optional<Id<Meter>> meter,
                Optional<Id<Pricing>> pricing,
                Map<String, String> segment,
                Earlier earlier,
                BigDecimal quantity,
                BigDecimal units,
                String unit,
                BigDecimal averageUnitPrice,
                List<BandUsage> bands) {
            this(
                    aggregation.map(Countable.Simple::new),
                    meter,
                    pricing,
                    segment,
                    earlier,
                    quantity,
                    units,
                    unit,
                    averageUnitPrice,
                    bands,
                    Optional.empty());
        }

        public Optional<Id<Aggregation>> aggregation() {
            return counted.flatMap(Countable::aggregation);
        }

        public Optional<Id<CompoundAggregation>> compound() {
            return counted.flatMap(Countable::compound);
        }

        /** One piece of something at this price, such as a standing charge. */
        static Basis one(BigDecimal price) {
            return new Basis(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Earlier.NOTHING,
                    BigDecimal.ONE,
                    BigDecimal.ONE,
                    "",
                    price,
                    List.of(),
                    Optional.empty());
        }

        /** One piece of something that has a price for its units, such as its minimum. */
        static Basis one(Document<Pricing> pricing, Optional<Id<Meter>> meter, BigDecimal price) {
            return new Basis(
                    Optional.of(pricing.content().counted()),
                    meter,
                    Optional.of(pricing.id()),
                    pricing.content().segment().map(Segment::texts).orElseGet(Map::of),
                    Earlier.NOTHING,
                    BigDecimal.ONE,
                    BigDecimal.ONE,
                    "",
                    price,
                    List.of(),
                    Optional.empty());
        }

        /** One piece of the same thing at this price, such as what is missing to a minimum of it. */
        Basis once(BigDecimal price) {
            return new Basis(
                    counted,
                    meter,
                    pricing,
                    segment,
                    Earlier.NOTHING,
                    BigDecimal.ONE,
                    BigDecimal.ONE,
                    "",
                    price,
                    List.of(),
                    Optional.empty());
        }
    }

    /**
     * How much; below 0 where something is given back.
     *
     * @param exact not rounded, in {@code currency}
     * @param subtotal exact, rounded once, in {@code currency}
     * @param convertedSubtotal exact x conversionRate, rounded once, in the bill's currency
     * @param conversionRate from {@code currency} to the bill's
     * @param currency of the pricing or standing charge
     */
    public record Amounts(
            BigDecimal exact,
            BigDecimal subtotal,
            BigDecimal convertedSubtotal,
            BigDecimal conversionRate,
            Currency currency) {
        public Amounts {
            requireRounded(exact, subtotal);
            requireRounded(exact.multiply(conversionRate), convertedSubtotal);
            exact = Exact.plain(exact);
            subtotal = Exact.plain(subtotal);
            convertedSubtotal = Exact.plain(convertedSubtotal);
            conversionRate = Exact.plain(conversionRate);
        }

        /** In the bill's own currency. The one place where money loses digits. */
        static Amounts rounded(BigDecimal exact, CurrencyRounding rounding) {
            BigDecimal subtotal = rounding.round(exact).amount();
            return new Amounts(exact, subtotal, subtotal, BigDecimal.ONE, rounding.currency());
        }

        /** No currency rounds by one or more, so whatever lies further away was not rounded but miscalculated. */
        private static void requireRounded(BigDecimal exact, BigDecimal rounded) {
            if (exact.subtract(rounded).abs().compareTo(BigDecimal.ONE) >= 0) {
                throw new IllegalArgumentException("Expected a line to round %s, but was %s."
                        .formatted(exact.toPlainString(), rounded.toPlainString()));
            }
        }
    }

    /**
     * What it corrects.
     *
     * @param bill an earlier bill of the account
     * @param line of that bill
     * @param reason why somebody put it right by hand, where they said so
     */
    public record Reference(Optional<Id<Bill>> bill, Optional<Id<LineItem>> line, Optional<Id<Reason>> reason) {
        /** It stands for itself. */
        public static final Reference NONE = new Reference(Optional.empty(), Optional.empty(), Optional.empty());

        static Reference to(Id<Bill> bill, Id<LineItem> line) {
            return new Reference(Optional.of(bill), Optional.of(line), Optional.empty());
        }
    }

    /** Whether somebody wrote it by hand: what is calculated is always of an account plan. */
    public boolean isByHand() {
        return booking.accountPlan().isEmpty();
    }

    /** Whether it was calculated to put a line of another bill right. */
    public boolean isCorrection() {
        boolean isMemo = type == LineItemType.CREDIT_MEMO || type == LineItemType.DEBIT_MEMO;
        return isMemo && reference.bill().isPresent() && !isByHand();
    }

    /** The same line at another place. */
    LineItem at(int place) {
        return new LineItem(id, place, type, description, booking, basis, servicePeriod, amounts, reference);
    }

    public BigDecimal quantity() {
        return basis.quantity();
    }

    public BigDecimal units() {
        return basis.units();
    }

    /** How a usage amount comes together; the bands of a USAGE line add up to {@link #exactAmount}. */
    public List<BandUsage> bands() {
        return basis.bands();
    }

    public BigDecimal exactAmount() {
        return amounts.exact();
    }

    public BigDecimal subtotal() {
        return amounts.subtotal();
    }

    public BigDecimal convertedSubtotal() {
        return amounts.convertedSubtotal();
    }

    /** What a band charges in the bill's currency, not rounded. */
    public BigDecimal convertedBandSubtotal(BandUsage band) {
        return Exact.plain(band.subtotal().multiply(amounts.conversionRate()));
    }
}
