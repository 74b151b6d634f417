package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;
import static io.tallystick.server.json.Field.shownIfPresent;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.MinimumSpend;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.PricingType;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.Segment;
import io.tallystick.catalog.price.PriceModel;
import io.tallystick.catalog.price.PricingBand;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.catalog.price.Volume;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.time.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A pricing as JSON. Source: m3ter API, Pricing, PricingBand. */
final class PricingJson {
    private static final int BANDS_MAX = 1000;

    private static final Field<Pricing, Id<Plan>> PLAN = optional("planId", Types.id(), Pricing::plan);
    private static final Field<Pricing, Id<PlanTemplate>> TEMPLATE =
            optional("planTemplateId", Types.id(), Pricing::template);
    private static final Field<Pricing, Id<Aggregation>> AGGREGATION =
            required("aggregationId", Types.id(), Pricing::aggregation);
    private static final Field<Pricing, Boolean> CUMULATIVE =
            optional("cumulative", Types.FLAG, pricing -> Optional.of(isCumulative(pricing.model())));
    private static final Field<Pricing, Boolean> SPAN =
            optional("tiersSpanPlan", Types.FLAG, pricing -> Optional.of(pricing.tiersSpanPlan()));
    private static final Field<Pricing, List<PricingBand>> BANDS =
            required("pricingBands", Types.list(BandJson.SHAPE.asType(), 1, BANDS_MAX), pricing -> pricing.model()
                    .bands());
    private static final Field<Pricing, Instant> START =
            required("startDate", Types.INSTANT, pricing -> pricing.validity().start());
    private static final Field<Pricing, Instant> END =
            optional("endDate", Types.INSTANT, pricing -> pricing.validity().end());
    private static final Field<Pricing, Code> CODE = optional("code", Types.CODE, Pricing::code);
    private static final Field<Pricing, String> DESCRIPTION =
            optional("description", Types.text(0, 200), Pricing::description);
    private static final Field<Pricing, Id<Product>> ACCOUNTING_PRODUCT =
            optional("accountingProductId", Types.id(), Pricing::accountingProduct);
    private static final Field<Pricing, Segment> SEGMENT =
            optional("segment", AggregationJson.SEGMENT, Pricing::segment);

    /** The segment in one text; its form is ours. */
    private static final Field<Pricing, String> SEGMENT_STRING =
            shownIfPresent("segmentString", Types.text(0, Integer.MAX_VALUE), pricing -> pricing.segment()
                    .map(Segment::toString));

    private static final Field<Pricing, PricingType> TYPE =
            optional("type", Types.choice(PricingType.class), pricing -> Optional.of(pricing.type()));
    private static final Field<Pricing, BigDecimal> MINIMUM_SPEND =
            optional("minimumSpend", Types.decimalAtLeast(BigDecimal.ZERO), pricing -> pricing.minimumSpend()
                    .amount());
    private static final Field<Pricing, String> MINIMUM_SPEND_DESCRIPTION =
            optional("minimumSpendDescription", Types.text(0, 200), pricing -> pricing.minimumSpend()
                    .description());

    static final Shape<Pricing> SHAPE = Shape.of(
                    PricingJson::make,
                    PLAN,
                    TEMPLATE,
                    AGGREGATION,
                    CUMULATIVE,
                    SPAN,
                    BANDS,
                    START,
                    END,
                    CODE,
                    DESCRIPTION,
                    ACCOUNTING_PRODUCT,
                    TYPE,
                    MINIMUM_SPEND,
                    MINIMUM_SPEND_DESCRIPTION,
                    SEGMENT,
                    SEGMENT_STRING)
            .accepting(
                    Neutral.absent("overagePricingBands"),
                    Neutral.absent("compoundAggregationId"),
                    Neutral.of("minimumSpendBillInAdvance", false));

    private PricingJson() {}

    private static Pricing make(Values<Pricing> values) {
        return new Pricing(
                on(values.find(PLAN), values.find(TEMPLATE)),
                values.get(AGGREGATION),
                model(values.find(CUMULATIVE), values.get(BANDS)),
                values.find(SPAN).orElse(false),
                new Validity(values.get(START), values.find(END)),
                values.find(CODE),
                values.find(DESCRIPTION).filter(text -> !text.isEmpty()),
                values.find(ACCOUNTING_PRODUCT),
                values.find(TYPE).orElse(PricingType.DEBIT),
                new MinimumSpend(values.find(MINIMUM_SPEND), values.find(MINIMUM_SPEND_DESCRIPTION)),
                values.find(SEGMENT));
    }

    private static boolean isCumulative(PriceModel model) {
        return switch (model) {
            case Tiered _ -> true;
            case Volume _ -> false;
        };
    }

    /** Absent means false: that is what the request side of the wire documents. */
    private static PriceModel model(Optional<Boolean> cumulative, List<PricingBand> bands) {
        return cumulative.orElse(false) ? new Tiered(bands) : new Volume(bands);
    }

    private static Priced on(Optional<Id<Plan>> plan, Optional<Id<PlanTemplate>> template) {
        if (plan.isPresent() == template.isPresent()) {
            throw new IllegalArgumentException("Expected exactly one of planId and planTemplateId, but %s."
                    .formatted(plan.isPresent() ? "both are there" : "neither is there"));
        }
        return plan.<Priced>map(Priced.OnPlan::new)
                .orElseGet(() -> template.map(Priced.OnTemplate::new).orElseThrow());
    }

    static final class BandJson {
        /** One that a client sends keeps the id it has; a new one gets one. */
        private static final Field<PricingBand, Id<PricingBand>> ID =
                required("id", Types.idOrDrawn(), PricingBand::id);

        private static final Field<PricingBand, BigDecimal> LOWER_LIMIT =
                required("lowerLimit", Types.decimalAtLeast(BigDecimal.ZERO), PricingBand::lowerLimit);
        private static final Field<PricingBand, BigDecimal> FIXED_PRICE =
                required("fixedPrice", Types.DECIMAL, PricingBand::fixedPrice);
        private static final Field<PricingBand, BigDecimal> UNIT_PRICE =
                required("unitPrice", Types.DECIMAL, PricingBand::unitPrice);

        static final Shape<PricingBand> SHAPE = Shape.of(
                        values -> new PricingBand(
                                values.get(ID),
                                values.get(LOWER_LIMIT),
                                values.get(FIXED_PRICE),
                                values.get(UNIT_PRICE)),
                        ID,
                        LOWER_LIMIT,
                        FIXED_PRICE,
                        UNIT_PRICE)
                .accepting(Neutral.absent("creditTypeId"));
    }
}
