package io.tallystick.server.json;

import static io.tallystick.server.json.Field.answered;
import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.MinimumSpend;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Product;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import java.math.BigDecimal;

/** A plan as JSON. Source: m3ter API, Plan. */
public final class PlanJson {
    private static final Field<Plan, Code> CODE = required("code", Types.CODE, Plan::code);
    private static final Field<Plan, String> NAME = required("name", Types.text(1, 200), Plan::name);

    /** What it inherits from. */
    public static final Field<Plan, Id<PlanTemplate>> TEMPLATE = required("planTemplateId", Types.id(), Plan::template);

    /** Filled in by the house: the template's product. */
    public static final Field<Plan, Id<Product>> PRODUCT = answered("productId", Types.id(), Plan::product);

    private static final Field<Plan, BigDecimal> STANDING_CHARGE =
            optional("standingCharge", Types.decimalAtLeast(BigDecimal.ZERO), Plan::standingCharge);
    private static final Field<Plan, String> STANDING_CHARGE_DESCRIPTION =
            optional("standingChargeDescription", Types.text(0, 200), Plan::standingChargeDescription);
    private static final Field<Plan, Id<Product>> STANDING_CHARGE_PRODUCT =
            optional("standingChargeAccountingProductId", Types.id(), Plan::standingChargeAccountingProduct);
    private static final Field<Plan, Boolean> STANDING_CHARGE_IN_ADVANCE =
            optional("standingChargeBillInAdvance", Types.FLAG, Plan::standingChargeInAdvance);
    private static final Field<Plan, BigDecimal> MINIMUM_SPEND =
            optional("minimumSpend", Types.decimalAtLeast(BigDecimal.ZERO), plan -> plan.minimumSpend()
                    .amount());
    private static final Field<Plan, String> MINIMUM_SPEND_DESCRIPTION =
            optional("minimumSpendDescription", Types.text(0, 200), plan -> plan.minimumSpend()
                    .description());
    private static final Field<Plan, Boolean> MINIMUM_SPEND_IN_ADVANCE = optional(
            "minimumSpendBillInAdvance", Types.FLAG, plan -> plan.minimumSpend().inAdvance());
    private static final Field<Plan, Id<Product>> MINIMUM_SPEND_PRODUCT =
            optional("minimumSpendAccountingProductId", Types.id(), Plan::minimumSpendAccountingProduct);
    private static final Field<Plan, CustomFields> CUSTOM = CustomFieldsJson.field(Plan::customFields);

    static final Shape<Plan> SHAPE = Shape.of(
                    values -> new Plan(
                            values.get(TEMPLATE),
                            values.get(PRODUCT),
                            values.get(CODE),
                            values.get(NAME),
                            values.find(STANDING_CHARGE),
                            values.find(STANDING_CHARGE_DESCRIPTION),
                            values.find(STANDING_CHARGE_PRODUCT),
                            values.find(STANDING_CHARGE_IN_ADVANCE),
                            new MinimumSpend(
                                    values.find(MINIMUM_SPEND),
                                    values.find(MINIMUM_SPEND_DESCRIPTION),
                                    values.find(MINIMUM_SPEND_IN_ADVANCE)),
                            values.find(MINIMUM_SPEND_PRODUCT),
                            CustomFieldsJson.of(values, CUSTOM)),
                    CODE,
                    NAME,
                    TEMPLATE,
                    PRODUCT,
                    STANDING_CHARGE,
                    STANDING_CHARGE_DESCRIPTION,
                    STANDING_CHARGE_PRODUCT,
                    STANDING_CHARGE_IN_ADVANCE,
                    MINIMUM_SPEND,
                    MINIMUM_SPEND_DESCRIPTION,
                    MINIMUM_SPEND_IN_ADVANCE,
                    MINIMUM_SPEND_PRODUCT,
                    CUSTOM)
            .accepting(Neutral.of("bespoke", false), Neutral.absent("accountId"));

    private PlanJson() {}
}
