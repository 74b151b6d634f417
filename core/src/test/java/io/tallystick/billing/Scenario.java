package io.tallystick.billing;

import static java.util.stream.Collectors.toMap;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.DataField;
import io.tallystick.catalog.FieldCategory;
import io.tallystick.catalog.Function;
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
import io.tallystick.catalog.price.PriceModel;
import io.tallystick.document.Document;
import io.tallystick.document.Kind;
import io.tallystick.id.Code;
import io.tallystick.id.FieldCode;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.Rounding;
import io.tallystick.time.Cycle;
import io.tallystick.time.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Short ways to say who is on which terms. Whatever a test does not care about is neutral. */
final class Scenario {
    static final Currency USD = new Currency("USD");

    /** Where the documents of a scenario are put. */
    interface Shelf {
        <T> Document<T> put(Kind<T> kind, T content);
    }

    private final Shelf shelf;

    Scenario(Shelf shelf) {
        this.shelf = shelf;
    }

    Document<Product> product(String code) {
        return shelf.put(Product.KIND, new Product(new Code(code), code + " by name", CustomFields.NONE));
    }

    /** A meter whose fields are numbers, in the order of their slots. */
    Document<Meter> meter(String code, String... measures) {
        List<DataField> fields = Stream.of(measures)
                .map(field -> new DataField(new FieldCode(field), field, FieldCategory.MEASURE, Optional.of("unit")))
                .toList();
        return shelf.put(
                Meter.KIND,
                new Meter(
                        new Code(code),
                        code,
                        Optional.empty(),
                        Optional.empty(),
                        fields,
                        List.of(),
                        CustomFields.NONE,
                        Slots.NONE));
    }

    /** A meter with numbers and texts. */
    Document<Meter> meter(String code, List<String> measures, List<String> texts) {
        Stream<DataField> numbers = measures.stream()
                .map(field -> new DataField(new FieldCode(field), field, FieldCategory.MEASURE, Optional.of("unit")));
        Stream<DataField> words = texts.stream()
                .map(field -> new DataField(new FieldCode(field), field, FieldCategory.WHERE, Optional.empty()));
        return shelf.put(
                Meter.KIND,
                new Meter(
                        new Code(code),
                        code,
                        Optional.empty(),
                        Optional.empty(),
                        Stream.concat(numbers, words).toList(),
                        List.of(),
                        CustomFields.NONE,
                        Slots.NONE));
    }

    /** One with segments, by unit and not rounded. */
    Document<Aggregation> segmented(
            Document<Meter> meter, String name, Function function, String field, Segmentation segmentation) {
        return put(new Aggregation(
                Optional.empty(),
                name,
                meter.id(),
                new FieldCode(field),
                function,
                new UnitSize(BigDecimal.ONE, Rounding.NONE),
                Optional.empty(),
                name + " unit",
                Optional.empty(),
                CustomFields.NONE,
                segmentation));
    }

    /** Segments as rows: the value of each field. */
    static Segmentation segmentation(List<String> fields, List<List<String>> rows) {
        return new Segmentation(
                fields.stream().map(FieldCode::new).toList(),
                rows.stream().map(row -> segment(fields, row)).toList());
    }

    static Segment segment(List<String> fields, List<String> row) {
        return new Segment(
                IntStream.range(0, fields.size()).boxed().collect(toMap(i -> new FieldCode(fields.get(i)), row::get)));
    }

    /** A price of one segment. */
    Document<Pricing> pricing(
            Priced on, Document<Aggregation> aggregation, Segment segment, PriceModel model, Validity validity) {
        return put(new Pricing(
                on,
                aggregation.id(),
                model,
                false,
                validity,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PricingType.DEBIT,
                MinimumSpend.UNSAID,
                Optional.of(segment)));
    }

    Document<Aggregation> aggregation(Document<Meter> meter, String name, Function function, String field) {
        return put(aggregationOf(meter, name, function, field));
    }

    Document<Aggregation> aggregation(
            Document<Meter> meter,
            String name,
            Function function,
            String field,
            String quantityPerUnit,
            Rounding rounding) {
        return put(
                aggregationOf(meter, name, function, field, new UnitSize(new BigDecimal(quantityPerUnit), rounding)));
    }

    /** Its units are its quantity. */
    static Aggregation aggregationOf(Document<Meter> meter, String name, Function function, String field) {
        return aggregationOf(meter, name, function, field, new UnitSize(BigDecimal.ONE, Rounding.NONE));
    }

    private static Aggregation aggregationOf(
            Document<Meter> meter, String name, Function function, String field, UnitSize unitSize) {
        return new Aggregation(
                Optional.empty(),
                name,
                meter.id(),
                new FieldCode(field),
                function,
                unitSize,
                Optional.empty(),
                name + " unit",
                Optional.empty(),
                CustomFields.NONE);
    }

    /** The same aggregation, as it is where nothing was used. */
    static Aggregation withDefault(Aggregation aggregation, String defaultValue) {
        return new Aggregation(
                aggregation.code(),
                aggregation.name(),
                aggregation.meter(),
                aggregation.targetField(),
                aggregation.function(),
                aggregation.unitSize(),
                Optional.of(new BigDecimal(defaultValue)),
                aggregation.unit(),
                aggregation.accountingProduct(),
                aggregation.customFields());
    }

    Document<Aggregation> put(Aggregation aggregation) {
        return shelf.put(Aggregation.KIND, aggregation);
    }

    Document<PlanTemplate> template(Document<Product> product, String standingCharge) {
        return template(product, USD, standingCharge, Optional.empty());
    }

    Document<PlanTemplate> template(
            Document<Product> product, Currency currency, String standingCharge, Optional<String> description) {
        return shelf.put(
                PlanTemplate.KIND,
                new PlanTemplate(
                        product.id(),
                        "template",
                        Optional.empty(),
                        currency,
                        Cycle.MONTHLY,
                        new BigDecimal(standingCharge),
                        description,
                        MinimumSpend.UNSAID,
                        CustomFields.NONE));
    }

    Document<PlanTemplate> template(Document<Product> product, Cycle cycle, String standingCharge) {
        return shelf.put(
                PlanTemplate.KIND,
                new PlanTemplate(
                        product.id(),
                        "template",
                        Optional.empty(),
                        USD,
                        cycle,
                        new BigDecimal(standingCharge),
                        Optional.empty(),
                        MinimumSpend.UNSAID,
                        CustomFields.NONE));
    }

    Document<Plan> plan(Document<PlanTemplate> template, String code) {
        return put(planOn(template, code));
    }

    static Plan planOn(Document<PlanTemplate> template, String code) {
        return new Plan(
                template.id(),
                template.content().product(),
                new Code(code),
                code,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                MinimumSpend.UNSAID,
                Optional.empty(),
                CustomFields.NONE);
    }

    Document<PlanTemplate> put(PlanTemplate template) {
        return shelf.put(PlanTemplate.KIND, template);
    }

    Document<Plan> put(Plan plan) {
        return shelf.put(Plan.KIND, plan);
    }

    Document<Pricing> pricing(Document<Plan> plan, Document<Aggregation> aggregation, PriceModel model) {
        return pricing(new Priced.OnPlan(plan.id()), aggregation, model, since("2024-01-01"));
    }

    Document<Pricing> pricing(Priced on, Document<Aggregation> aggregation, PriceModel model, Validity validity) {
        return put(new Pricing(
                on, aggregation.id(), model, false, validity, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** A price whose bands are filled over the life of the account plan. */
    Document<Pricing> spanning(
            Document<Plan> plan, Document<Aggregation> aggregation, PriceModel model, Validity validity) {
        return put(new Pricing(
                new Priced.OnPlan(plan.id()),
                aggregation.id(),
                model,
                true,
                validity,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    Document<Pricing> put(Pricing pricing) {
        return shelf.put(Pricing.KIND, pricing);
    }

    Document<Account> account(String code) {
        return put(accountOf(code));
    }

    static Account accountOf(String code) {
        return new Account(
                new Code(code),
                code + " by name",
                code + "@example.com",
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                CustomFields.NONE);
    }

    Document<Account> put(Account account) {
        return shelf.put(Account.KIND, account);
    }

    Document<AccountPlan> subscribe(Document<Account> account, Document<Plan> plan, Validity validity) {
        return shelf.put(
                AccountPlan.KIND,
                new AccountPlan(
                        account.id(),
                        plan.id(),
                        plan.content().product(),
                        validity,
                        Optional.empty(),
                        Optional.empty(),
                        CustomFields.NONE));
    }

    /** Open-ended, from the start of a day in UTC. */
    static Validity since(String date) {
        return new Validity(instant(date), Optional.empty());
    }

    static Validity between(String from, String to) {
        return new Validity(instant(from), Optional.of(instant(to)));
    }

    /** The start of a day, or an instant written out. */
    static Instant instant(String text) {
        return Instant.parse(text.contains("T") ? text : text + "T00:00:00Z");
    }
}
