package io.tallystick.catalog;

import io.tallystick.document.Kind;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.time.Cycle;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What plans have in common: currency, how often a bill is made, standing charge.
 *
 * @param cycle how long a billing period is
 * @param standingCharge per billing period, at least 0, in the template's currency
 * @param standingChargeDescription the text of its bill line
 * @param minimumSpend on usage, in the template's currency
 */
public record PlanTemplate(
        Id<Product> product,
        String name,
        Optional<Code> code,
        Currency currency,
        Cycle cycle,
        BigDecimal standingCharge,
        Optional<String> standingChargeDescription,
        MinimumSpend minimumSpend,
        CustomFields customFields) {
    public static final Kind<PlanTemplate> KIND = Kind.of("plantemplate", PlanTemplate.class)
            .uniqueIfPresent("code", template -> template.code().map(Code::value))
            .refersTo("productId", Product.KIND, PlanTemplate::product);
}
