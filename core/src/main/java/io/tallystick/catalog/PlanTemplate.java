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
 * @param recurrence how often the standing charge is charged
 * @param standingChargeInAdvance whether the standing charge is for the time after the bill's period; absent: the
 *     organization says it
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
        Recurrence recurrence,
        Optional<Boolean> standingChargeInAdvance,
        MinimumSpend minimumSpend,
        CustomFields customFields) {
    public static final Kind<PlanTemplate> KIND = Kind.of("plantemplate", PlanTemplate.class)
            .uniqueIfPresent("code", template -> template.code().map(Code::value))
            .refersTo("productId", Product.KIND, PlanTemplate::product);

    /**
     * How often a standing charge is charged. Source: m3ter API, {@code standingChargeInterval} and {@code
     * standingChargeOffset}.
     *
     * @param interval on every so many bills, for as many billing periods together, at least 1
     * @param offset of the first bill with a charge, counted from the account plan's first bill, which is 0
     */
    public record Recurrence(int interval, int offset) {
        public static final Recurrence EVERY_BILL = new Recurrence(1, 0);

        public Recurrence {
            if (interval < 1 || offset < 0) {
                throw new IllegalArgumentException(
                        "Expected a standingChargeInterval of at least 1 and a standingChargeOffset of at least 0, but were %d and %d."
                                .formatted(interval, offset));
            }
        }
    }

    /** One whose standing charge is on every bill. */
    public PlanTemplate(
            Id<Product> product,
            String name,
            Optional<Code> code,
            Currency currency,
            Cycle cycle,
            BigDecimal standingCharge,
            Optional<String> standingChargeDescription,
            MinimumSpend minimumSpend,
            CustomFields customFields) {
        this(
                product,
                name,
                code,
                currency,
                cycle,
                standingCharge,
                standingChargeDescription,
                Recurrence.EVERY_BILL,
                Optional.empty(),
                minimumSpend,
                customFields);
    }
}
