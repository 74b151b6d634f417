package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.MinimumSpend;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.PlanTemplate.Recurrence;
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
    private static final Field<PlanTemplate, Integer> STANDING_CHARGE_INTERVAL = optional(
            "standingChargeInterval",
            Types.integer(1, 365),
            template -> Optional.of(template.recurrence().interval()));
    private static final Field<PlanTemplate, Integer> STANDING_CHARGE_OFFSET = optional(
            "standingChargeOffset",
            Types.integer(0, 364),
            template -> Optional.of(template.recurrence().offset()));
    private static final Field<PlanTemplate, Boolean> STANDING_CHARGE_IN_ADVANCE =
            optional("standingChargeBillInAdvance", Types.FLAG, PlanTemplate::standingChargeInAdvance);
    private static final Field<PlanTemplate, BigDecimal> MINIMUM_SPEND =
            optional("minimumSpend", Types.decimalAtLeast(BigDecimal.ZERO), template -> template.minimumSpend()
                    .amount());
    private static final Field<PlanTemplate, String> MINIMUM_SPEND_DESCRIPTION =
            optional("minimumSpendDescription", Types.text(0, 200), template -> template.minimumSpend()
                    .description());
    private static final Field<PlanTemplate, Boolean> MINIMUM_SPEND_IN_ADVANCE =
            optional("minimumSpendBillInAdvance", Types.FLAG, template -> template.minimumSpend()
                    .inAdvance());
    private static final Field<PlanTemplate, CustomFields> CUSTOM = CustomFieldsJson.field(PlanTemplate::customFields);

    static final Shape<PlanTemplate> SHAPE = Shape.of(
            values -> new PlanTemplate(
                    values.get(PRODUCT),
                    values.get(NAME),
                    values.find(CODE),
                    values.get(CURRENCY),
                    new Cycle(values.get(FREQUENCY), values.find(INTERVAL).orElse(1)),
                    values.get(STANDING_CHARGE),
                    values.find(STANDING_CHARGE_DESCRIPTION),
                    new Recurrence(
                            values.find(STANDING_CHARGE_INTERVAL).orElse(1),
                            values.find(STANDING_CHARGE_OFFSET).orElse(0)),
                    values.find(STANDING_CHARGE_IN_ADVANCE),
                    new MinimumSpend(
                            values.find(MINIMUM_SPEND),
                            values.find(MINIMUM_SPEND_DESCRIPTION),
                            values.find(MINIMUM_SPEND_IN_ADVANCE)),
                    CustomFieldsJson.of(values, CUSTOM)),
            NAME,
            CODE,
            PRODUCT,
            CURRENCY,
            FREQUENCY,
            INTERVAL,
            STANDING_CHARGE,
            STANDING_CHARGE_DESCRIPTION,
            STANDING_CHARGE_INTERVAL,
            STANDING_CHARGE_OFFSET,
            STANDING_CHARGE_IN_ADVANCE,
            MINIMUM_SPEND,
            MINIMUM_SPEND_DESCRIPTION,
            MINIMUM_SPEND_IN_ADVANCE,
            CUSTOM);

    private PlanTemplateJson() {}
}
