package io.tallystick.catalog;

import io.tallystick.document.Kind;
import io.tallystick.id.Code;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.quantity.Exact;
import io.tallystick.quantity.Rounding;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How usage of one field becomes units that a price applies to: units = rounding(quantity / quantityPerUnit).
 *
 * @param quantityPerUnit how much of the field is one unit, above 0
 * @param unit what a unit is called on the bill
 * @param accountingProduct the product its bill lines are booked under, instead of the plan's
 */
public record Aggregation(
        Optional<Code> code,
        String name,
        Id<Meter> meter,
        FieldCode targetField,
        Function function,
        BigDecimal quantityPerUnit,
        Rounding rounding,
        String unit,
        Optional<Id<Product>> accountingProduct,
        CustomFields customFields) {
    public static final Kind<Aggregation> KIND = Kind.of("aggregation", Aggregation.class)
            .uniqueIfPresent("code", aggregation -> aggregation.code().map(Code::value))
            .refersTo("meterId", Meter.KIND, Aggregation::meter)
            .mayReferTo("accountingProductId", Product.KIND, Aggregation::accountingProduct);

    public Aggregation {
        if (quantityPerUnit.signum() <= 0) {
            throw new IllegalArgumentException(
                    "Expected a quantityPerUnit above 0, but was %s.".formatted(quantityPerUnit.toPlainString()));
        }
    }

    /** Why it cannot be computed of a meter's fields, if it cannot. */
    public Optional<String> misfit(Meter of) {
        Optional<FieldCategory> category = of.category(targetField);
        if (category.isEmpty()) {
            return Optional.of("Expected targetField to be a field of meter %s, but was %s; its fields are %s."
                    .formatted(of.code(), targetField, of.fieldCodes()));
        }
        return function.fits(category.get())
                ? Optional.empty()
                : Optional.of("Expected targetField to be a %s field for %s, but %s of meter %s is %s."
                        .formatted(
                                function == Function.UNIQUE ? "text" : "numeric",
                                function,
                                targetField,
                                of.code(),
                                category.get()));
    }

    /** Units of a quantity. Example: 48,900 per 500, UP: 97.8, so 98. */
    public BigDecimal units(BigDecimal quantity) {
        return Exact.plain(rounding.apply(Exact.divide(quantity, quantityPerUnit)));
    }
}
