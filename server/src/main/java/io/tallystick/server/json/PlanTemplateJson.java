package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.MinimumSpend;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Product;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Cycle;
import java.math.BigDecimal;
import java.util.Optional;

/** A plan template as JSON. Source: m3ter API, PlanTemplate. */
final class PlanTemplateJson {
    private static final Field<PlanTemplate, String> NAME = required("name", Types.text(1, 200), PlanTemplate::name);
    private static final Field<PlanTemplate, Code> CODE = optional("code", Types.CODE, PlanTemplate::code);
    private static final Field<PlanTemplate, Id<Product>> PRODUCT =
            required("productId", Types.id(), PlanTemplate::product);
    private static final Field<PlanTemplate, Currency> CURRENCY =
            required("currency", Types.CURRENCY, PlanTemplate::currency);
    private static final Field<PlanTemplate, BillFrequency> FREQUENCY = required(
            "billFrequency", Types.FREQUENCY, template -> template.cycle().frequency());
    private static final Field<PlanTemplate, Integer> INTERVAL = optional(
            "billFrequencyInterval",
            Types.integer(1, Cycle.INTERVAL_MAX),
            template -> Optional.of(template.cycle().interval()));
    private static final Field<PlanTemplate, BigDecimal> STANDING_CHARGE =
            required("standingCharge", Types.decimalAtLeast(BigDecimal.ZERO), PlanTemplate::standingCharge);
    private static final Field<PlanTemplate, String> STANDING_CHARGE_DESCRIPTION =
            optional("standingChargeDescription", Types.text(0, 200), PlanTemplate::standingChargeDescription);
    private static final Field<PlanTemplate, BigDecimal> MINIMUM_SPEND =
            optional("minimumSpend", Types.decimalAtLeast(BigDecimal.ZERO), template -> template.minimumSpend()
                    .amount());
    private static final Field<PlanTemplate, String> MINIMUM_SPEND_DESCRIPTION =
            optional("minimumSpendDescription", Types.text(0, 200), template -> template.minimumSpend()
                    .description());
    private static final Field<PlanTemplate, CustomFields> CUSTOM = CustomFieldsJson.field(PlanTemplate::customFields);

    static final Shape<PlanTemplate> SHAPE = Shape.of(
                    values -> new PlanTemplate(
                            values.get(PRODUCT),
                            values.get(NAME),
                            values.find(CODE),
                            values.get(CURRENCY),
                            new Cycle(
                                    values.get(FREQUENCY), values.find(INTERVAL).orElse(1)),
                            values.get(STANDING_CHARGE),
                            values.find(STANDING_CHARGE_DESCRIPTION),
                            new MinimumSpend(values.find(MINIMUM_SPEND), values.find(MINIMUM_SPEND_DESCRIPTION)),
                            CustomFieldsJson.of(values, CUSTOM)),
                    NAME,
                    CODE,
                    PRODUCT,
                    CURRENCY,
                    FREQUENCY,
                    INTERVAL,
                    STANDING_CHARGE,
                    STANDING_CHARGE_DESCRIPTION,
                    MINIMUM_SPEND,
                    MINIMUM_SPEND_DESCRIPTION,
                    CUSTOM)
            .accepting(
                    Neutral.of("standingChargeInterval", 1),
                    Neutral.of("standingChargeOffset", 0),
                    Neutral.of("standingChargeBillInAdvance", false),
                    Neutral.of("minimumSpendBillInAdvance", false));

    private PlanTemplateJson() {}
}
