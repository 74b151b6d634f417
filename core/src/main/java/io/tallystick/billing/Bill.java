package io.tallystick.billing;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Facet;
import io.tallystick.document.Facet.Form;
import io.tallystick.document.Facets;
import io.tallystick.document.Kind;
import io.tallystick.document.Reading;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.id.InvoiceNumber;
import io.tallystick.id.OrganizationId;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.Exact;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Cycle;
import io.tallystick.time.Period;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What an account owes for a period, and why. A pure function of its watermarks, its period and the order it was made
 * on: calculated again from them, it is equal to the digit. Source: m3ter API, Bill.
 *
 * @param accountCode as it was when the bill was calculated
 * @param frequency one that repeats
 * @param frequencyInterval how many of {@code frequency} make its period
 * @param period the usage that is billed; stored, never derived again from dates
 * @param zone the calendar the period and the dates were made in
 * @param billDate first day after the period
 * @param currency of every line and of the total
 * @param total plain sum of the lines' convertedSubtotal
 * @param state how far it has come: pending, approved, locked
 * @param billJob the job whose order it was calculated for; absent: a preview
 * @param created when it was first calculated
 * @param lastCalculated when it was last calculated
 * @param unpricedUsage what was used and is not charged, because no price was in force
 */
public record Bill(
        Id<Account> account,
        Code accountCode,
        BillFrequency frequency,
        int frequencyInterval,
        Period period,
        ZoneId zone,
        LocalDate billDate,
        LocalDate dueDate,
        LocalDate externalInvoiceDate,
        Currency currency,
        List<LineItem> lines,
        BigDecimal total,
        List<UnpricedUsage> unpricedUsage,
        BillState state,
        Optional<Id<BillJob>> billJob,
        Instant created,
        Instant lastCalculated,
        Watermarks watermarks,
        Optional<String> purchaseOrderNumber) {
    /** Key of the account that pays it. */
    public static final String OF_ACCOUNT = "accountId";

    /** Key of which there is one bill each. */
    static final String ONE_PER = "account, billingFrequency, billFrequencyInterval and period";

    /** Key of the account plans that have lines on it, with each month (UTC) its period touches. */
    static final String BILLED_IN = "accountPlan and month";

    /** Key of the account plans that it charges for time after its period, with each month (UTC) of that time. */
    static final String CHARGED_AHEAD = "accountPlan and month charged ahead";

    /** Key of the {@link Counted} of approved bills. */
    public static final String COUNTED = "billingFrequency, end and usage";

    /** Key of the bills that it puts right. */
    public static final String CORRECTS = "corrects";

    /** What bills are searched by. */
    public static final Facets<Bill> FACETS = new Facets<>(List.of(
            new Facet<>(
                    "accountId",
                    new Form.Name(),
                    bill -> Optional.of(bill.account().value())),
            new Facet<>(
                    "accountCode",
                    new Form.Text(),
                    bill -> Optional.of(bill.accountCode().value())),
            new Facet<>("billJobId", new Form.Name(), bill -> bill.billJob().map(Id::value)),
            Bill.day("billDate", Bill::billDate),
            Bill.day("dueDate", Bill::dueDate),
            Bill.day("externalInvoiceDate", Bill::externalInvoiceDate),
            Bill.day("startDate", bill -> LocalDate.ofInstant(bill.period().from(), bill.zone())),
            Bill.day("endDate", bill -> LocalDate.ofInstant(bill.period().to(), bill.zone())),
            Bill.moment("createdDate", Bill::created),
            Bill.moment("lastCalculatedDate", Bill::lastCalculated),
            Bill.word("billingFrequency", BillFrequency.values(), Bill::frequency),
            Bill.word("status", BillState.Status.values(), Bill::status),
            new Facet<>(
                    "locked",
                    new Form.Word(List.of("true", "false")),
                    bill -> Optional.of(Boolean.toString(bill.locked()))),
            new Facet<>(
                    "currency",
                    new Form.Name(),
                    bill -> Optional.of(bill.currency().code())),
            new Facet<>(
                    "billTotal",
                    new Form.Decimal(),
                    bill -> Optional.of(bill.total().toPlainString())),
            new Facet<>("sequentialInvoiceNumber", new Form.Text(), bill -> bill.invoiceNumber()
                    .map(InvoiceNumber::value)),
            new Facet<>("purchaseOrderNumber", new Form.Text(), Bill::purchaseOrderNumber)));

    public static final Kind<Bill> KIND = Kind.of("bill", Bill.class)
            .unique(ONE_PER, Bill::onePer)
            .foundBy(FACETS.key(), bill -> Optional.of(FACETS.card(bill)))
            .foundByEach(BILLED_IN, Bill::billedIn)
            .foundByEach(CHARGED_AHEAD, Bill::chargedAhead)
            .refersTo(OF_ACCOUNT, Account.KIND, Bill::account)
            .mayReferTo("billJobId", BillJob.KIND, Bill::billJob)
            .foundBy("billDate", bill -> Optional.of(bill.billDate().toString()))
            .foundBy(
                    "externalInvoiceDate",
                    bill -> Optional.of(bill.externalInvoiceDate().toString()))
            .foundBy("billingFrequency", bill -> Optional.of(bill.frequency().name()))
            .foundBy("status", bill -> Optional.of(bill.status().name()))
            .foundBy("locked", bill -> Optional.of(Boolean.toString(bill.locked())))
            .foundBy(COUNTED, bill -> bill.state().approval().map(_ -> Counted.of(bill)
                    .text()))
            .foundByEach(CORRECTS, bill -> bill.lines().stream()
                    .filter(LineItem::isCorrection)
                    .flatMap(line -> line.reference().bill().stream())
                    .map(Id::value)
                    .distinct()
                    .toList())
            .uniqueIfPresent(
                    "sequentialInvoiceNumber", bill -> bill.invoiceNumber().map(InvoiceNumber::value));

    public Bill {
        lines = List.copyOf(lines);
        unpricedUsage = List.copyOf(unpricedUsage);
        for (LineItem line : lines) {
            if (!line.amounts().currency().equals(currency)) {
                throw new IllegalArgumentException(
                        "Expected every line of the bill of account %s in %s, but %s is in %s."
                                .formatted(
                                        accountCode,
                                        currency,
                                        line.description(),
                                        line.amounts().currency()));
            }
        }
        BigDecimal sum = totalOf(lines);
        if (sum.compareTo(total) != 0) {
            throw new IllegalArgumentException(
                    "Expected the bill of account %s to total %s, the sum of its lines, but was %s."
                            .formatted(accountCode, sum.toPlainString(), total.toPlainString()));
        }
        total = Exact.plain(total);
    }

    private static BigDecimal totalOf(List<LineItem> lines) {
        return lines.stream().map(LineItem::convertedSubtotal).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public BillState.Status status() {
        return state.status();
    }

    public boolean locked() {
        return state.locking().isPresent();
    }

    /**
     * Up to where usage was counted for bills.
     *
     * @param end of their periods
     * @param usage the state of usage they were calculated from
     */
    public record Counted(BillFrequency frequency, Instant end, UsageWatermark usage) {
        public static Counted of(Bill bill) {
            return new Counted(bill.frequency, bill.period.to(), bill.watermarks.usage());
        }

        /** What {@link #text} wrote. */
        public static Counted read(String text) {
            String[] parts = text.split(" ", 3);
            return new Counted(BillFrequency.valueOf(parts[0]), Instant.parse(parts[1]), new UsageWatermark(parts[2]));
        }

        String text() {
            return frequency + " " + end + " " + usage.value();
        }
    }

    /** Whether both are the bill of one account for one period. */
    public boolean standsFor(Bill other) {
        return onePer().equals(other.onePer());
    }

    /** The bill with what puts other bills right on it, after its own lines. */
    Bill correctedBy(Corrections.Correction correction) {
        List<LineItem> all = new ArrayList<>(lines);
        correction.lines().forEach(line -> all.add(line.at(all.size() + 1)));
        List<UnpricedUsage> unpriced = new ArrayList<>(unpricedUsage);
        unpriced.addAll(correction.unpricedUsage());
        return with(all, unpriced, state, billJob, created, lastCalculated, watermarks);
    }

    /** Its number in the books, once it is approved. */
    public Optional<InvoiceNumber> invoiceNumber() {
        return state.approval().map(BillState.Approved::number);
    }

    /**
     * The bill as somebody has accepted it; no job calculates it again.
     *
     * @throws IllegalStateException if it is approved already: an invoice number is given once
     */
    public Bill approved(Author by, InvoiceNumber number) {
        return switch (state) {
            case BillState.Pending _ -> in(new BillState.Approved(by, number));
            case BillState.Approved _, BillState.Locked _ ->
                throw new IllegalStateException("Expected a PENDING bill of account %s to approve as %s, but it is %s."
                        .formatted(accountCode, number, state));
        };
    }

    /**
     * The bill as somebody has closed it for good.
     *
     * @throws IllegalStateException if it is not approved, or locked already
     */
    public Bill locked(Author by) {
        return switch (state) {
            case BillState.Approved approved -> in(new BillState.Locked(approved, by));
            case BillState.Pending _, BillState.Locked _ ->
                throw new IllegalStateException(
                        "Expected an approved bill of account %s to lock, but it is %s.".formatted(accountCode, state));
        };
    }

    private Bill in(BillState next) {
        return with(next, billJob, created, lastCalculated, watermarks);
    }

    /** The lines that somebody wrote by hand; they come after the calculated ones. */
    List<LineItem> linesByHand() {
        return lines.stream().filter(LineItem::isByHand).toList();
    }

    /**
     * The bill with these lines by hand, in the place of those it has.
     *
     * @param byHand in the bill's currency
     */
    public Bill byHand(List<LineItem> byHand) {
        List<LineItem> all = new ArrayList<>();
        Stream.concat(lines.stream().filter(line -> !line.isByHand()), byHand.stream())
                .forEach(line -> all.add(line.at(all.size() + 1)));
        return with(all, unpricedUsage, state, billJob, created, lastCalculated, watermarks);
    }

    /**
     * Whether a new calculation takes the place of this one: not when this one is approved, comes from a later state of
     * the world, or says the same already. In the last case it keeps its watermarks, from which it is still the same.
     */
    boolean givesWayTo(Bill calculated) {
        boolean isFromLaterState = !calculated.watermarks.documents().covers(watermarks.documents());
        return status() == BillState.Status.PENDING
                && !isFromLaterState
                && !calculated.inPlaceOf(this).equals(this);
    }

    /** This calculation as the next version of a bill: it keeps what no calculation decides. */
    Bill replacing(Bill earlier) {
        return byHand(earlier.linesByHand()).with(earlier.state, billJob, earlier.created, lastCalculated, watermarks);
    }

    /** This calculation with everything of the other bill that is no result of calculating. */
    Bill inPlaceOf(Bill other) {
        return byHand(other.linesByHand())
                .with(other.state, other.billJob, other.created, other.lastCalculated, other.watermarks);
    }

    private Bill with(
            BillState otherState, Optional<Id<BillJob>> job, Instant createdAt, Instant calculatedAt, Watermarks from) {
        return with(lines, unpricedUsage, otherState, job, createdAt, calculatedAt, from);
    }

    private Bill with(
            List<LineItem> otherLines,
            List<UnpricedUsage> otherUnpriced,
            BillState otherState,
            Optional<Id<BillJob>> job,
            Instant createdAt,
            Instant calculatedAt,
            Watermarks from) {
        return new Bill(
                account,
                accountCode,
                frequency,
                frequencyInterval,
                period,
                zone,
                billDate,
                dueDate,
                externalInvoiceDate,
                currency,
                otherLines,
                totalOf(otherLines),
                otherUnpriced,
                otherState,
                job,
                createdAt,
                calculatedAt,
                from,
                purchaseOrderNumber);
    }

    String onePer() {
        return account + " " + cycle() + " " + period;
    }

    Cycle cycle() {
        return new Cycle(frequency, frequencyInterval);
    }

    /**
     * Another bill that charges for some of the same time on some of the same account plans: where a calendar, an epoch or
     * a zone was changed after it was made.
     */
    Optional<Document<Bill>> billedAlready(Reading documents, OrganizationId organization) {
        return billedIn().stream()
                .flatMap(month -> documents.findBy(KIND, organization, BILLED_IN, month).stream())
                .filter(other -> !other.content().onePer().equals(onePer())
                        && other.content().period().overlaps(period)
                        && !Collections.disjoint(other.content().accountPlans(), accountPlans()))
                .min(comparing(other -> other.content().period().from()));
    }

    private static Facet<Bill> day(String name, Function<Bill, LocalDate> date) {
        return new Facet<>(
                name, new Form.Day(), bill -> Optional.of(date.apply(bill).toString()));
    }

    private static Facet<Bill> moment(String name, Function<Bill, Instant> time) {
        return new Facet<>(
                name, new Form.Moment(), bill -> Optional.of(time.apply(bill).toString()));
    }

    private static <E extends Enum<E>> Facet<Bill> word(String name, E[] words, Function<Bill, E> word) {
        return new Facet<>(
                name,
                new Form.Word(Stream.of(words).map(Enum::name).toList()),
                bill -> Optional.of(word.apply(bill).name()));
    }

    private List<String> billedIn() {
        return accountPlans().stream()
                .flatMap(accountPlan -> inMonths(accountPlan, period).stream())
                .toList();
    }

    private List<String> chargedAhead() {
        return lines.stream()
                .filter(line -> line.servicePeriod().to().isAfter(period.to()))
                .flatMap(line -> line.booking().accountPlan().stream()
                        .flatMap(accountPlan -> inMonths(accountPlan, line.servicePeriod()).stream()))
                .distinct()
                .toList();
    }

    /** Values of {@link #BILLED_IN} and {@link #CHARGED_AHEAD}: an account plan with each month (UTC) of a time. */
    static List<String> inMonths(Id<AccountPlan> accountPlan, Period time) {
        YearMonth last = YearMonth.from(time.to().minusNanos(1).atOffset(ZoneOffset.UTC));
        List<String> values = new ArrayList<>();
        for (YearMonth month = YearMonth.from(time.from().atOffset(ZoneOffset.UTC));
                !month.isAfter(last);
                month = month.plusMonths(1)) {
            values.add(accountPlan + " " + month);
        }
        return values;
    }

    Set<Id<AccountPlan>> accountPlans() {
        return lines.stream()
                .filter(line -> !line.isCorrection())
                .flatMap(line -> line.booking().accountPlan().stream())
                .collect(toUnmodifiableSet());
    }
}
