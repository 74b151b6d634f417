package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.account.AccountPlan;
import io.tallystick.billing.UnpricedUsage;
import io.tallystick.catalog.Aggregation;
import io.tallystick.id.Id;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

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

    /** Bills that were made before there were segments do not say it: then it can only be the price. */
    private static final Field<UnpricedUsage, UnpricedUsage.Reason> REASON =
            optional("reason", Types.choice(UnpricedUsage.Reason.class), usage -> Optional.of(usage.reason()));

    private static final Field<UnpricedUsage, BigDecimal> QUANTITY =
            required("quantity", Types.DECIMAL, UnpricedUsage::quantity);

    static final Shape<UnpricedUsage> SHAPE = Shape.of(
            values -> new UnpricedUsage(
                    values.get(ACCOUNT_PLAN),
                    values.get(AGGREGATION),
                    values.get(NAME),
                    new Period(values.get(START), values.get(END)),
                    values.find(REASON).orElse(UnpricedUsage.Reason.NO_PRICE_IN_FORCE),
                    values.get(QUANTITY)),
            ACCOUNT_PLAN,
            AGGREGATION,
            NAME,
            START,
            END,
            REASON,
            QUANTITY);

    private UnpricedUsageJson() {}
}
