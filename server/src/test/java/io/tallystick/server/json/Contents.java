package io.tallystick.server.json;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.account.Address;
import io.tallystick.account.BillConfig;
import io.tallystick.account.InvoiceNumbering;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.billing.Bill;
import io.tallystick.billing.BillJob;
import io.tallystick.billing.BillOrder;
import io.tallystick.billing.BillState;
import io.tallystick.billing.LineItem;
import io.tallystick.billing.LineItemType;
import io.tallystick.billing.Parked;
import io.tallystick.billing.UnpricedUsage;
import io.tallystick.billing.Watermarks;
import io.tallystick.billing.approval.InvoiceSequence;
import io.tallystick.billing.correction.ManualLine;
import io.tallystick.billing.reason.Reason;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.CustomValue;
import io.tallystick.catalog.DataField;
import io.tallystick.catalog.DerivedField;
import io.tallystick.catalog.FieldCategory;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.ListedCurrency;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.MinimumSpend;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.PricingType;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.Segment;
import io.tallystick.catalog.Segmentation;
import io.tallystick.catalog.Slots;
import io.tallystick.catalog.UnitSize;
import io.tallystick.catalog.price.PricingBand;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.catalog.price.Volume;
import io.tallystick.document.Author;
import io.tallystick.document.Watermark;
import io.tallystick.formula.Formula;
import io.tallystick.id.Code;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.id.InvoiceNumber;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.Exact;
import io.tallystick.quantity.Rounding;
import io.tallystick.rating.BandUsage;
import io.tallystick.rating.Earlier;
import io.tallystick.server.access.AccessKey;
import io.tallystick.server.access.Organization;
import io.tallystick.server.access.Role;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Calendars;
import io.tallystick.time.Cycle;
import io.tallystick.time.Epochs;
import io.tallystick.time.Period;
import io.tallystick.time.Validity;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws contents of every kind.
 *
 * @param isFull whether every optional part is there, or none is
 */
record Contents(RandomGenerator random, boolean isFull) {
    private static final BillFrequency[] CYCLIC = {
        BillFrequency.DAILY, BillFrequency.WEEKLY, BillFrequency.MONTHLY, BillFrequency.ANNUALLY
    };
    private static final String LETTERS = "aZ09 .,\"\\/<>&'\u00fc\u0131\u00df\u4e2d\uD83D\uDE00\u2028";

    Product product() {
        return new Product(code(), name(), customFields());
    }

    Meter meter() {
        List<DataField> data = IntStream.range(0, isFull ? 15 : 1)
                .mapToObj(i -> new DataField(
                        new FieldCode("f" + i),
                        name(),
                        i == 0 ? FieldCategory.MEASURE : any(FieldCategory.values()),
                        optional(() -> text(1, 50))))
                .toList();
        List<DerivedField> derived = IntStream.range(0, isFull ? 15 : 0)
                .mapToObj(i -> new DerivedField(
                        new FieldCode("d" + i), name(), FieldCategory.COST, optional(() -> text(1, 50)), (Formula)
                                Formula.parse(" f0 * %d.50 + 1 ".formatted(i))))
                .toList();
        Slots before = isFull
                ? new Slots(List.of(new FieldCode("gone")), List.of(new FieldCode("lost"), new FieldCode("f3")))
                : Slots.NONE;
        return new Meter(
                code(), name(), optional(this::id), optional(() -> text(1, 80)), data, derived, customFields(), before);
    }

    Aggregation aggregation() {
        return new Aggregation(
                optional(() -> new Code("$code_1")),
                name(),
                id(),
                new FieldCode("field"),
                any(Function.values()),
                new UnitSize(number().abs().add(BigDecimal.ONE), any(Rounding.values())),
                optional(() -> number().abs()),
                text(1, 50),
                optional(this::id),
                customFields(),
                isFull ? segmentation() : Segmentation.NONE);
    }

    private Segmentation segmentation() {
        List<FieldCode> fields = IntStream.range(0, 1 + random.nextInt(Segmentation.FIELDS_MAX))
                .mapToObj(i -> new FieldCode("s" + i))
                .toList();
        return new Segmentation(
                fields,
                IntStream.range(0, 1 + random.nextInt(20))
                        .mapToObj(i -> segment(fields, i))
                        .toList());
    }

    /** One of many that differ by their number. */
    private Segment segment(List<FieldCode> fields, int number) {
        Map<FieldCode, String> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field, text(0, 40)));
        values.put(fields.getFirst(), number + text(0, 40));
        return new Segment(values);
    }

    PlanTemplate planTemplate() {
        return new PlanTemplate(
                id(),
                name(),
                optional(this::code),
                currency(),
                new Cycle(any(CYCLIC), isFull ? 1 + random.nextInt(Cycle.INTERVAL_MAX) : 1),
                number().abs(),
                optional(() -> text(0, 200)),
                isFull
                        ? new PlanTemplate.Recurrence(1 + random.nextInt(365), random.nextInt(365))
                        : PlanTemplate.Recurrence.EVERY_BILL,
                optional(random::nextBoolean),
                minimumSpend(),
                customFields());
    }

    Plan plan() {
        return new Plan(
                id(),
                id(),
                code(),
                name(),
                optional(() -> number().abs()),
                optional(() -> text(0, 200)),
                optional(this::id),
                optional(random::nextBoolean),
                minimumSpend(),
                optional(this::id),
                customFields());
    }

    private MinimumSpend minimumSpend() {
        return new MinimumSpend(
                optional(() -> number().abs()), optional(() -> text(0, 200)), optional(random::nextBoolean));
    }

    Pricing pricing() {
        List<PricingBand> bands = IntStream.range(0, isFull ? 1 + random.nextInt(20) : 1)
                .mapToObj(i -> new PricingBand(id(), BigDecimal.valueOf(i * 1000L), number(), number()))
                .toList();
        boolean isTiered = random.nextBoolean();
        PricingType type = any(PricingType.values());
        boolean isCompound = random.nextInt(3) == 0;
        return new Pricing(
                random.nextBoolean() ? new Priced.OnPlan(id()) : new Priced.OnTemplate(id()),
                isCompound ? new Countable.Compound(id()) : new Countable.Simple(id()),
                isTiered ? new Tiered(bands) : new Volume(bands),
                isTiered && !isCompound && random.nextBoolean(),
                validity(),
                optional(this::code),
                optional(() -> text(1, 200)),
                optional(this::id),
                type,
                type == PricingType.DEBIT ? minimumSpend() : MinimumSpend.UNSAID,
                isCompound
                        ? Optional.empty()
                        : optional(() -> segment(List.of(new FieldCode("s1"), new FieldCode("s0")), 1)));
    }

    Account account() {
        Supplier<Optional<String>> line = () -> optional(() -> text(0, 20));
        return new Account(
                code(),
                name(),
                text(1, 320),
                optional(() -> new Address(
                        line.get(),
                        line.get(),
                        line.get(),
                        line.get(),
                        line.get(),
                        line.get(),
                        line.get(),
                        line.get())),
                optional(this::currency),
                isFull ? OptionalInt.of(1 + random.nextInt(3660)) : OptionalInt.empty(),
                optional(this::date),
                optional(() -> text(0, 100)),
                customFields());
    }

    AccountPlan accountPlan() {
        return new AccountPlan(
                id(), id(), id(), validity(), optional(this::date), optional(this::code), customFields());
    }

    Bill bill() {
        Currency currency = currency();
        List<LineItem> lines = IntStream.range(0, isFull ? 1 + random.nextInt(5) : 0)
                .mapToObj(i -> line(i + 1, currency))
                .toList();
        return new Bill(
                id(),
                code(),
                any(CYCLIC),
                1 + random.nextInt(365),
                period(),
                ZoneOffset.UTC,
                date(),
                date(),
                date(),
                currency,
                lines,
                lines.stream().map(LineItem::convertedSubtotal).reduce(BigDecimal.ZERO, BigDecimal::add),
                isFull
                        ? List.of(new UnpricedUsage(
                                id(),
                                new Countable.Compound(id()),
                                name(),
                                period(),
                                any(UnpricedUsage.Reason.values()),
                                number()))
                        : List.of(),
                state(),
                optional(this::id),
                instant(),
                instant(),
                watermarks(),
                optional(() -> text(0, 100)));
    }

    UnpricedUsage unpricedUsage() {
        return new UnpricedUsage(
                id(), new Countable.Simple(id()), name(), period(), any(UnpricedUsage.Reason.values()), number());
    }

    private BillState state() {
        BillState.Approved approved = new BillState.Approved(author(), new InvoiceNumber("n" + text(0, 99)));
        return any(new BillState[] {new BillState.Pending(), approved, new BillState.Locked(approved, author())});
    }

    private Author author() {
        return new Author("u" + text(0, 99), instant());
    }

    BillConfig billConfig() {
        return new BillConfig(optional(this::date));
    }

    InvoiceSequence invoiceSequence() {
        return new InvoiceSequence(random.nextInt(1, Integer.MAX_VALUE));
    }

    BillJob billJob() {
        List<Id<Account>> accounts =
                Stream.generate(this::<Account>id).limit(isFull ? 100 : 0).toList();
        Calendars calendars = new Calendars(
                optional(() -> any(CYCLIC)),
                optional(() -> 1 + random.nextInt(Cycle.INTERVAL_MAX)),
                epochs(),
                ZoneId.of("Pacific/Chatham"));
        BillOrder order = new BillOrder(accounts, calendars, date(), optional(this::date), optional(this::date));
        int total = random.nextInt(1000);
        return new BillJob(
                order,
                isFull ? List.of(id(), id()) : List.of(),
                isFull ? any(BillJob.Status.values()) : BillJob.Status.PENDING,
                optional(this::watermarks),
                total,
                0,
                isFull ? List.of(id(), id()) : List.of(),
                isFull ? List.of(new Parked(id(), text(0, 200))) : List.of(),
                optional(() -> text(0, 500)));
    }

    OrganizationConfig organizationConfig() {
        return new OrganizationConfig(
                currency(),
                ZoneId.of("America/Sao_Paulo"),
                epochs(),
                1 + random.nextInt(3660),
                any(OrganizationConfig.InvoiceDating.values()),
                random.nextBoolean(),
                new InvoiceNumbering(
                        optional(() -> "INV-"),
                        isFull ? OptionalInt.of(1 + random.nextInt(1000)) : OptionalInt.empty()),
                new OrganizationConfig.InAdvance(random.nextBoolean(), random.nextBoolean()),
                random.nextInt(3661));
    }

    ListedCurrency listedCurrency() {
        return new ListedCurrency(
                name(),
                optional(this::currency),
                random.nextBoolean(),
                optional(() -> random.nextInt(6)),
                optional(() -> any(new RoundingMode[] {RoundingMode.UP, RoundingMode.HALF_EVEN})));
    }

    private Epochs epochs() {
        return isFull ? new Epochs(date(), date(), date(), date()) : Epochs.STANDARD;
    }

    Organization organization() {
        return new Organization("name " + text(0, 100));
    }

    Reason reason() {
        return new Reason(name(), optional(this::code), random.nextBoolean());
    }

    ManualLine manualLine(ManualLine.Direction direction) {
        BigDecimal amount = number().abs().add(BigDecimal.ONE);
        return new ManualLine(
                id(),
                direction,
                random.nextBoolean() ? direction.memo() : LineItemType.MANUAL_ADJUSTMENT,
                "by hand " + text(0, 500),
                amount,
                optional(() -> amount),
                id(),
                id(),
                id(),
                id(),
                period(),
                optional(this::id));
    }

    AccessKey accessKey() {
        return new AccessKey(id(), any(Role.values()), text(1, 100), text(1, 100), text(1, 100));
    }

    LineItem line(int sequenceNumber, Currency currency) {
        boolean isCompound = random.nextBoolean();
        List<BandUsage> bands = IntStream.range(0, random.nextInt(4))
                .mapToObj(_ -> {
                    BigDecimal units = number();
                    BigDecimal unitPrice = number();
                    BigDecimal fixedPrice = number();
                    BigDecimal amount = units.multiply(unitPrice);
                    return new BandUsage(
                            id(),
                            number().abs(),
                            number(),
                            units,
                            unitPrice,
                            fixedPrice,
                            amount,
                            amount.add(fixedPrice));
                })
                .toList();
        BigDecimal exact = bands.stream().map(BandUsage::subtotal).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal rounded = exact.setScale(2, RoundingMode.HALF_UP);
        return new LineItem(
                id(),
                sequenceNumber,
                LineItemType.USAGE,
                "line " + text(0, 500),
                new LineItem.Booking(
                        optional(this::id),
                        optional(this::id),
                        new LineItem.BookedProduct(id(), code(), name()),
                        new LineItem.BookedProduct(id(), code(), name())),
                new LineItem.Basis(
                        optional(() -> isCompound ? new Countable.Compound(id()) : new Countable.Simple(id())),
                        optional(this::id),
                        optional(this::id),
                        isFull ? Map.of("region", text(0, 50), "tier", text(0, 50)) : Map.of(),
                        isFull ? new Earlier(number(), number()) : Earlier.NOTHING,
                        number(),
                        number(),
                        text(0, 50),
                        Exact.divide(number(), new BigDecimal("7")),
                        bands,
                        isFull && isCompound ? Optional.of(new FormulaContents(this).calculated()) : Optional.empty()),
                period(),
                new LineItem.Amounts(exact, rounded, rounded, BigDecimal.ONE, currency),
                new LineItem.Reference(optional(this::id), optional(this::id), optional(this::id)));
    }

    <V> Optional<V> optional(Supplier<V> value) {
        return isFull ? Optional.of(value.get()) : Optional.empty();
    }

    <V> V any(V[] values) {
        return values[random.nextInt(values.length)];
    }

    <T> Id<T> id() {
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        return new Id<>(HexFormat.of().formatHex(bytes));
    }

    private Code code() {
        return new Code("c" + text(0, 78) + "e");
    }

    String name() {
        return text(1, 200);
    }

    private Currency currency() {
        return any(new Currency[] {new Currency("USD"), new Currency("JPY"), new Currency("KWD")});
    }

    String text(int min, int max) {
        int length = isFull && random.nextBoolean() ? max : random.nextInt(min, max + 1);
        int[] letters = LETTERS.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        IntStream.range(0, length).forEach(_ -> text.appendCodePoint(letters[random.nextInt(letters.length)]));
        return text.toString();
    }

    /** At most 26 digits before the point and 12 after it. */
    BigDecimal number() {
        return Exact.plain(new BigDecimal(
                new BigInteger(random.nextInt(1, 87), new Random(random.nextLong()))
                        .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1)),
                random.nextInt(13)));
    }

    CustomFields customFields() {
        Map<String, CustomValue> values = new LinkedHashMap<>();
        Stream.of("z", "a", text(1, 200))
                .filter(_ -> isFull)
                .forEach(name -> values.put(
                        name,
                        random.nextBoolean() ? new CustomValue.Text(text(0, 500)) : new CustomValue.Numeric(number())));
        return new CustomFields(values);
    }

    private Instant instant() {
        return Instant.ofEpochSecond(
                random.nextLong(-62_135_596_800L, 253_402_300_800L), random.nextInt(1_000_000_000));
    }

    private LocalDate date() {
        return LocalDate.of(1, 3, 1).plusDays(random.nextInt(3_600_000));
    }

    private Period period() {
        Instant from = Instant.parse("2024-12-01T00:00:00Z").plusSeconds(random.nextInt(1_000_000));
        return new Period(from, from.plusSeconds(1 + random.nextInt(10_000_000)));
    }

    private Validity validity() {
        Period period = period();
        return new Validity(period.from(), optional(period::to));
    }

    private Watermarks watermarks() {
        return new Watermarks(new Watermark(random.nextLong(1L << 53)), new UsageWatermark(text(1, 1000)));
    }
}
