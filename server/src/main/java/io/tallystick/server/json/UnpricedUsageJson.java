package io.tallystick.server.json;

import static io.tallystick.server.json.Field.required;

import io.tallystick.account.AccountPlan;
import io.tallystick.billing.UnpricedUsage;
import io.tallystick.catalog.Aggregation;
import io.tallystick.id.Id;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Instant;

/** Usage that a bill does not charge, as JSON. */
final class UnpricedUsageJson {
    private static final Field<UnpricedUsage, Id<AccountPlan>> ACCOUNT_PLAN =
            required("accountPlanId", Types.id(), UnpricedUsage::accountPlan);
    private static final Field<UnpricedUsage, Id<Aggregation>> AGGREGATION =
            required("aggregationId", Types.id(), UnpricedUsage::aggregation);
    private static final Field<UnpricedUsage, String> NAME = required("name", Types.text(0, 200), UnpricedUsage::name);
    private static final Field<UnpricedUsage, Instant> START = required(
            "servicePeriodStartDate", Types.INSTANT, usage -> usage.period().from());
    private static final Field<UnpricedUsage, Instant> END = required(
            "servicePeriodEndDate", Types.INSTANT, usage -> usage.period().to());
    private static final Field<UnpricedUsage, BigDecimal> QUANTITY =
            required("quantity", Types.DECIMAL, UnpricedUsage::quantity);

    static final Shape<UnpricedUsage> SHAPE = Shape.of(
            values -> new UnpricedUsage(
                    values.get(ACCOUNT_PLAN),
                    values.get(AGGREGATION),
                    values.get(NAME),
                    new Period(values.get(START), values.get(END)),
                    values.get(QUANTITY)),
            ACCOUNT_PLAN,
            AGGREGATION,
            NAME,
            START,
            END,
            QUANTITY);

    private UnpricedUsageJson() {}
}
