package io.tallystick.catalog;

import io.tallystick.catalog.price.PriceModel;
import io.tallystick.document.Kind;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.time.Validity;
import java.util.Optional;

/**
 * The price of an aggregation's units, or of those of one of its segments, on a plan or on all plans of a template, for a
 * time.
 *
 * @param tiersSpanPlan whether units of earlier periods under the same account plan fill the bands first
 * @param description the text of its bill lines, instead of the aggregation's name
 * @param accountingProduct the product its bill lines are booked under, instead of the aggregation's or plan's
 * @param type in which direction it works
 * @param minimumSpend on the usage it prices, while it is in force; of a DEBIT only
 * @param segment of the aggregation's segments, the one whose units it prices; absent: the aggregation has no segments
 */
public record Pricing(
        Priced on,
        Id<Aggregation> aggregation,
        PriceModel model,
        boolean tiersSpanPlan,
        Validity validity,
        Optional<Code> code,
        Optional<String> description,
        Optional<Id<Product>> accountingProduct,
        PricingType type,
        MinimumSpend minimumSpend,
        Optional<Segment> segment) {
    public static final Kind<Pricing> KIND = Kind.of("pricing", Pricing.class)
            .uniqueIfPresent("code", pricing -> pricing.code().map(Code::value))
            .mayReferTo("planId", Plan.KIND, Pricing::plan)
            .mayReferTo("planTemplateId", PlanTemplate.KIND, Pricing::template)
            .refersTo("aggregationId", Aggregation.KIND, Pricing::aggregation)
            .mayReferTo("accountingProductId", Product.KIND, Pricing::accountingProduct);

    public Pricing {
        if (tiersSpanPlan && !model.keepsPriceOfEarlierUnits()) {
            throw new IllegalArgumentException(
                    "Expected tiersSpanPlan only with cumulative true, but cumulative is false: there a higher band would "
                            + "change the price of units on earlier bills, and those never change.");
        }
        boolean hasMinimum =
                minimumSpend.amount().filter(amount -> amount.signum() > 0).isPresent();
        if (hasMinimum && type != PricingType.DEBIT) {
            throw new IllegalArgumentException(
                    "Expected a minimumSpend on a %s only, but it is on a %s.".formatted(PricingType.DEBIT, type));
        }
    }

    /** What is charged for all units, without a minimum. */
    public Pricing(
            Priced on,
            Id<Aggregation> aggregation,
            PriceModel model,
            boolean tiersSpanPlan,
            Validity validity,
            Optional<Code> code,
            Optional<String> description,
            Optional<Id<Product>> accountingProduct) {
        this(
                on,
                aggregation,
                model,
                tiersSpanPlan,
                validity,
                code,
                description,
                accountingProduct,
                PricingType.DEBIT,
                MinimumSpend.UNSAID,
                Optional.empty());
    }

    /** Whether two prices would apply to the same units at the same time. */
    public boolean collidesWith(Pricing other) {
        return on.equals(other.on)
                && aggregation.equals(other.aggregation)
                && segment.equals(other.segment)
                && validity.overlaps(other.validity);
    }

    public Optional<Id<Plan>> plan() {
        return on instanceof Priced.OnPlan(Id<Plan> plan) ? Optional.of(plan) : Optional.empty();
    }

    public Optional<Id<PlanTemplate>> template() {
        return on instanceof Priced.OnTemplate(Id<PlanTemplate> template) ? Optional.of(template) : Optional.empty();
    }
}
