package io.tallystick.catalog;

import io.tallystick.document.Kind;
import io.tallystick.id.Code;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.quantity.Exact;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How usage of one field becomes units that a price applies to.
 *
 * @param defaultValue the quantity of a billing period in which nothing was measured, at least 0; absent: 0
 * @param unit what a unit is called on the bill
 * @param accountingProduct the product its bill lines are booked under, instead of the plan's
 */
public record Aggregation(
        Optional<Code> code,
        String name,
        Id<Meter> meter,
        FieldCode targetField,
        Function function,
        UnitSize unitSize,
        Optional<BigDecimal> defaultValue,
        String unit,
        Optional<Id<Product>> accountingProduct,
        CustomFields customFields) {
    public static final Kind<Aggregation> KIND = Kind.of("aggregation", Aggregation.class)
            .uniqueIfPresent("code", aggregation -> aggregation.code().map(Code::value))
            .refersTo("meterId", Meter.KIND, Aggregation::meter)
            .mayReferTo("accountingProductId", Product.KIND, Aggregation::accountingProduct);

    public Aggregation {
        defaultValue = defaultValue.map(Exact::plain);
        if (defaultValue.filter(value -> value.signum() < 0).isPresent()) {
            throw new IllegalArgumentException("Expected a defaultValue of at least 0, but was %s."
                    .formatted(defaultValue.get().toPlainString()));
        }
    }

    /** Why the units of earlier periods cannot fill the bands of its price, if they cannot. */
    public Optional<String> whyTiersCannotSpan() {
        if (!function.addsUp()) {
            return Optional.of(
                    ("Expected tiersSpanPlan only where the usage of a plan is the sum of that of its periods, for SUM "
                                    + "or COUNT, but aggregation \"%s\" is %s.")
                            .formatted(name, function));
        }
        return defaultValue
                .filter(value -> value.signum() != 0)
                .map(value ->
                        ("Expected tiersSpanPlan only where units come from measurements alone, but aggregation \"%s\" "
                                        + "has a defaultValue of %s.")
                                .formatted(name, value.toPlainString()));
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
}
