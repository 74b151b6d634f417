package io.tallystick.catalog;

import io.tallystick.document.Kind;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What accounts are put on: a template, and what this plan says differently.
 *
 * @param product the template's product, kept here so that plans can be listed by it
 * @param standingCharge instead of the template's
 * @param standingChargeDescription instead of the template's
 * @param standingChargeAccountingProduct the product the standing charge is booked under
 * @param standingChargeInAdvance whether the standing charge is for the period after the bill's; instead of the template's
 * @param minimumSpend instead of the template's
 * @param minimumSpendAccountingProduct the product what is missing to the minimum is booked under
 */
public record Plan(
        Id<PlanTemplate> template,
        Id<Product> product,
        Code code,
        String name,
        Optional<BigDecimal> standingCharge,
        Optional<String> standingChargeDescription,
        Optional<Id<Product>> standingChargeAccountingProduct,
        Optional<Boolean> standingChargeInAdvance,
        MinimumSpend minimumSpend,
        Optional<Id<Product>> minimumSpendAccountingProduct,
        CustomFields customFields) {
    public static final Kind<Plan> KIND = Kind.of("plan", Plan.class)
            .unique("code", plan -> plan.code().value())
            .refersTo("planTemplateId", PlanTemplate.KIND, Plan::template)
            .foundBy("productId", plan -> Optional.of(plan.product().value()))
            .mayReferTo("standingChargeAccountingProductId", Product.KIND, Plan::standingChargeAccountingProduct)
            .mayReferTo("minimumSpendAccountingProductId", Product.KIND, Plan::minimumSpendAccountingProduct);

    /** One that does not say when its standing charge is charged. */
    public Plan(
            Id<PlanTemplate> template,
            Id<Product> product,
            Code code,
            String name,
            Optional<BigDecimal> standingCharge,
            Optional<String> standingChargeDescription,
            Optional<Id<Product>> standingChargeAccountingProduct,
            MinimumSpend minimumSpend,
            Optional<Id<Product>> minimumSpendAccountingProduct,
            CustomFields customFields) {
        this(
                template,
                product,
                code,
                name,
                standingCharge,
                standingChargeDescription,
                standingChargeAccountingProduct,
                Optional.empty(),
                minimumSpend,
                minimumSpendAccountingProduct,
                customFields);
    }
}
