package io.tallystick.server.json;

import static io.tallystick.server.json.Field.answered;
import static io.tallystick.server.json.Field.answeredIfPresent;
import static io.tallystick.server.json.Field.shown;

import io.tallystick.account.AccountPlan;
import io.tallystick.billing.Bill;
import io.tallystick.billing.LineItem;
import io.tallystick.billing.LineItemType;
import io.tallystick.billing.compound.Calculated;
import io.tallystick.billing.compound.Calculated.Input;
import io.tallystick.billing.reason.Reason;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.price.PricingBand;
import io.tallystick.formula.Formula;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.rating.BandUsage;
import io.tallystick.rating.Earlier;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A bill's line as JSON. Within a bill its bands are called {@code usagePerPricingBand}, in a list of lines {@code
 * bandUsage}. Source: m3ter API, BillLineItem; {@code exactAmount}, {@code quantityBefore}, {@code
 * unitsBefore}, {@code calculation}, {@code inputs} and {@code accountPlanId} are ours.
 */
public final class LineItemJson {
    private static final Type<String> CALCULATION_TEXT = Types.text(1, Formula.LENGTH_MAX);
    private static final Field<LineItem, Id<LineItem>> ID = answered("id", Types.id(), LineItem::id);
    private static final Field<LineItem, Integer> SEQUENCE =
            answered("sequenceNumber", Types.integer(1, Integer.MAX_VALUE), LineItem::sequenceNumber);
    private static final Field<LineItem, LineItemType> TYPE =
            answered("lineItemType", Types.choice(LineItemType.class), LineItem::type);
    private static final Field<LineItem, String> DESCRIPTION =
            answered("description", Types.text(1, 1000), LineItem::description);
    private static final Field<LineItem, Id<AccountPlan>> ACCOUNT_PLAN = answeredIfPresent(
            "accountPlanId", Types.id(), line -> line.booking().accountPlan());
    private static final Field<LineItem, Id<Plan>> PLAN =
            answeredIfPresent("planId", Types.id(), line -> line.booking().plan());
    private static final Booked PRODUCT = new Booked("product", false);
    private static final Booked ACCOUNTING_PRODUCT = new Booked("accountingProduct", true);
    private static final Field<LineItem, Id<Aggregation>> AGGREGATION =
            answeredIfPresent("aggregationId", Types.id(), line -> line.basis().aggregation());
    private static final Field<LineItem, Id<CompoundAggregation>> COMPOUND = answeredIfPresent(
            "compoundAggregationId", Types.id(), line -> line.basis().compound());
    private static final Field<LineItem, String> CALCULATION = answeredIfPresent(
            "calculation", CALCULATION_TEXT, line -> line.basis().calculated().map(Calculated::calculation));
    private static final Field<LineItem, List<Input>> INPUTS = answeredIfPresent(
            "inputs", InputJson.LIST, line -> line.basis().calculated().map(Calculated::inputs));
    private static final Field<LineItem, Id<Meter>> METER =
            answeredIfPresent("meterId", Types.id(), line -> line.basis().meter());
    private static final Field<LineItem, Id<Pricing>> PRICING =
            answeredIfPresent("pricingId", Types.id(), line -> line.basis().pricing());
    private static final Field<LineItem, Map<String, String>> SEGMENT = answeredIfPresent(
            "segment", Types.TEXTS, line -> Optional.of(line.basis().segment()).filter(segment -> !segment.isEmpty()));
    private static final Field<LineItem, Instant> START =
            answered("servicePeriodStartDate", Types.INSTANT, line -> line.servicePeriod()
                    .from());
    private static final Field<LineItem, Instant> END = answered(
            "servicePeriodEndDate", Types.INSTANT, line -> line.servicePeriod().to());
    private static final Field<LineItem, BigDecimal> QUANTITY_BEFORE = answeredIfPresent(
            "quantityBefore", Types.DECIMAL, line -> earlier(line).map(Earlier::quantity));
    private static final Field<LineItem, BigDecimal> UNITS_BEFORE = answeredIfPresent(
            "unitsBefore", Types.DECIMAL, line -> earlier(line).map(Earlier::units));
    private static final Field<LineItem, BigDecimal> QUANTITY = answered("quantity", Types.DECIMAL, LineItem::quantity);
    private static final Field<LineItem, BigDecimal> UNITS = answered("units", Types.DECIMAL, LineItem::units);
    private static final Field<LineItem, String> UNIT =
            answered("unit", Types.text(0, 50), line -> line.basis().unit());
    private static final Field<LineItem, BigDecimal> AVERAGE =
            answered("averageUnitPrice", Types.DECIMAL, line -> line.basis().averageUnitPrice());
    private static final Field<LineItem, BigDecimal> EXACT =
            answered("exactAmount", Types.DECIMAL, LineItem::exactAmount);
    private static final Field<LineItem, BigDecimal> SUBTOTAL = answered("subtotal", Types.DECIMAL, LineItem::subtotal);
    private static final Field<LineItem, BigDecimal> CONVERTED =
            answered("convertedSubtotal", Types.DECIMAL, LineItem::convertedSubtotal);
    private static final Field<LineItem, BigDecimal> RATE =
            answered("conversionRate", Types.DECIMAL, line -> line.amounts().conversionRate());
    private static final Field<LineItem, Currency> CURRENCY =
            answered("currency", Types.CURRENCY, line -> line.amounts().currency());
    private static final Field<LineItem, List<BandUsage>> BANDS =
            answered("usagePerPricingBand", BandUsageJson.LIST, LineItem::bands);
    private static final Field<LineItem, List<BandUsage>> BANDS_IN_LIST =
            shown("bandUsage", BandUsageJson.LIST, LineItem::bands);

    private static final Field<LineItem, Id<Bill>> REFERENCED_BILL = answeredIfPresent(
            "referencedBillId", Types.id(), line -> line.reference().bill());
    private static final Field<LineItem, Id<LineItem>> REFERENCED_LINE = answeredIfPresent(
            "referencedLineItemId", Types.id(), line -> line.reference().line());
    private static final Field<LineItem, Id<Reason>> REASON =
            answeredIfPresent("reasonId", Types.id(), line -> line.reference().reason());

    static final Shape<LineItem> IN_BILL = shape(BANDS);

    /** As an entity of its own, in {@code /bills/{id}/lineitems}. */
    public static final Shape<LineItem> IN_LIST = shape(BANDS_IN_LIST);

    private LineItemJson() {}

    private static Shape<LineItem> shape(Field<LineItem, List<BandUsage>> bands) {
        return Shape.of(
                LineItemJson::make,
                ID,
                SEQUENCE,
                TYPE,
                DESCRIPTION,
                ACCOUNT_PLAN,
                PLAN,
                PRODUCT.id,
                PRODUCT.code,
                PRODUCT.name,
                ACCOUNTING_PRODUCT.id,
                ACCOUNTING_PRODUCT.code,
                ACCOUNTING_PRODUCT.name,
                AGGREGATION,
                COMPOUND,
                CALCULATION,
                INPUTS,
                METER,
                PRICING,
                SEGMENT,
                START,
                END,
                QUANTITY_BEFORE,
                UNITS_BEFORE,
                QUANTITY,
                UNITS,
                UNIT,
                AVERAGE,
                EXACT,
                SUBTOTAL,
                CONVERTED,
                RATE,
                CURRENCY,
                REFERENCED_BILL,
                REFERENCED_LINE,
                REASON,
                bands);
    }

    private static LineItem make(Values<LineItem> values) {
        return new LineItem(
                values.get(ID),
                values.get(SEQUENCE),
                values.get(TYPE),
                values.get(DESCRIPTION),
                new LineItem.Booking(
                        values.find(ACCOUNT_PLAN),
                        values.find(PLAN),
                        PRODUCT.of(values),
                        ACCOUNTING_PRODUCT.of(values)),
                new LineItem.Basis(
                        counted(values),
                        values.find(METER),
                        values.find(PRICING),
                        values.find(SEGMENT).orElseGet(Map::of),
                        new Earlier(
                                values.find(QUANTITY_BEFORE).orElse(BigDecimal.ZERO),
                                values.find(UNITS_BEFORE).orElse(BigDecimal.ZERO)),
                        values.get(QUANTITY),
                        values.get(UNITS),
                        values.get(UNIT),
                        values.get(AVERAGE),
                        values.get(BANDS),
                        values.find(CALCULATION).map(calculation -> new Calculated(calculation, values.get(INPUTS)))),
                new Period(values.get(START), values.get(END)),
                new LineItem.Amounts(
                        values.get(EXACT),
                        values.get(SUBTOTAL),
                        values.get(CONVERTED),
                        values.get(RATE),
                        values.get(CURRENCY)),
                new LineItem.Reference(
                        values.find(REFERENCED_BILL), values.find(REFERENCED_LINE), values.find(REASON)));
    }

    private static Optional<Countable> counted(Values<LineItem> values) {
        return values.find(AGGREGATION).<Countable>map(Countable.Simple::new).or(() -> values.find(COMPOUND)
                .map(Countable.Compound::new));
    }

    private static Optional<Earlier> earlier(LineItem line) {
        return Optional.of(line.basis().earlier()).filter(earlier -> !earlier.equals(Earlier.NOTHING));
    }

    /** The three fields that name a product. */
    private static final class Booked {
        private final Field<LineItem, Id<Product>> id;
        private final Field<LineItem, Code> code;
        private final Field<LineItem, String> name;

        Booked(String prefix, boolean isAccounting) {
            Function<LineItem, LineItem.BookedProduct> booked = line -> isAccounting
                    ? line.booking().accountingProduct()
                    : line.booking().product();
            id = answered(prefix + "Id", Types.id(), line -> booked.apply(line).id());
            code = answered(
                    prefix + "Code", Types.CODE, line -> booked.apply(line).code());
            name = answered(prefix + "Name", Types.text(1, 200), line -> booked.apply(line)
                    .name());
        }

        LineItem.BookedProduct of(Values<LineItem> values) {
            return new LineItem.BookedProduct(values.get(id), values.get(code), values.get(name));
        }
    }

    /** What one name in the calculation of a compound aggregation stood for. Ours. */
    private static final class InputJson {
        private static final Field<Input, String> CODE = answered("code", Types.text(1, 80), Input::name);
        private static final Field<Input, Id<Aggregation>> AGGREGATION = answeredIfPresent(
                "aggregationId", Types.id(), input -> input.of().aggregation());
        private static final Field<Input, Id<CompoundAggregation>> COMPOUND = answeredIfPresent(
                "compoundAggregationId", Types.id(), input -> input.of().compound());
        private static final Field<Input, String> CALCULATION =
                answeredIfPresent("calculation", CALCULATION_TEXT, Input::calculation);
        private static final Field<Input, BigDecimal> QUANTITY =
                answeredIfPresent("quantity", Types.DECIMAL, Input::quantity);

        static final Type<List<Input>> LIST = Types.list(
                Shape.of(
                                values -> new Input(
                                        values.get(CODE),
                                        Countable.of(values.find(AGGREGATION), values.find(COMPOUND)),
                                        values.find(CALCULATION),
                                        values.find(QUANTITY)),
                                CODE,
                                AGGREGATION,
                                COMPOUND,
                                CALCULATION,
                                QUANTITY)
                        .asType(),
                1,
                Integer.MAX_VALUE);
    }

    /** What one band charges. Source: m3ter API, BillLineItemPricingBandUsage. */
    private static final class BandUsageJson {
        private static final Field<BandUsage, Id<PricingBand>> BAND =
                answered("pricingBandId", Types.id(), BandUsage::band);
        private static final Field<BandUsage, BigDecimal> LOWER_LIMIT =
                answered("lowerLimit", Types.DECIMAL, BandUsage::lowerLimit);
        private static final Field<BandUsage, BigDecimal> QUANTITY =
                answered("bandQuantity", Types.DECIMAL, BandUsage::quantity);
        private static final Field<BandUsage, BigDecimal> UNITS =
                answered("bandUnits", Types.DECIMAL, BandUsage::units);
        private static final Field<BandUsage, BigDecimal> UNIT_PRICE =
                answered("unitPrice", Types.DECIMAL, BandUsage::unitPrice);
        private static final Field<BandUsage, BigDecimal> FIXED_PRICE =
                answered("fixedPrice", Types.DECIMAL, BandUsage::fixedPrice);
        private static final Field<BandUsage, BigDecimal> UNIT_SUBTOTAL =
                answered("unitSubtotal", Types.DECIMAL, BandUsage::unitSubtotal);
        private static final Field<BandUsage, BigDecimal> SUBTOTAL =
                answered("bandSubtotal", Types.DECIMAL, BandUsage::subtotal);

        /** The same while all prices are in the bill's currency: a bill with another one is not made. */
        private static final Field<BandUsage, BigDecimal> CONVERTED =
                shown("convertedBandSubtotal", Types.DECIMAL, BandUsage::subtotal);

        static final Type<List<BandUsage>> LIST = Types.list(
                Shape.of(
                                values -> new BandUsage(
                                        values.get(BAND),
                                        values.get(LOWER_LIMIT),
                                        values.get(QUANTITY),
                                        values.get(UNITS),
                                        values.get(UNIT_PRICE),
                                        values.get(FIXED_PRICE),
                                        values.get(UNIT_SUBTOTAL),
                                        values.get(SUBTOTAL)),
                                BAND,
                                LOWER_LIMIT,
                                QUANTITY,
                                UNITS,
                                UNIT_PRICE,
                                FIXED_PRICE,
                                UNIT_SUBTOTAL,
                                SUBTOTAL,
                                CONVERTED)
                        .asType(),
                0,
                Integer.MAX_VALUE);
    }
}
