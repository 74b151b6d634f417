package io.tallystick.server.json;

import static io.tallystick.server.json.Field.answered;
import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.Product;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.time.Validity;
import java.time.Instant;
import java.time.LocalDate;

/** An account plan as JSON. Source: m3ter API, AccountPlan. */
public final class AccountPlanJson {
    private static final Field<AccountPlan, Id<Account>> ACCOUNT =
            required("accountId", Types.id(), AccountPlan::account);

    /** Which plan the account is on. */
    public static final Field<AccountPlan, Id<Plan>> PLAN = required("planId", Types.id(), AccountPlan::plan);

    /** Filled in by the house: the plan's product. */
    public static final Field<AccountPlan, Id<Product>> PRODUCT =
            answered("productId", Types.id(), AccountPlan::product);

    private static final Field<AccountPlan, Instant> START = required(
            "startDate", Types.INSTANT, accountPlan -> accountPlan.validity().start());
    private static final Field<AccountPlan, Instant> END = optional(
            "endDate", Types.INSTANT, accountPlan -> accountPlan.validity().end());
    private static final Field<AccountPlan, LocalDate> BILL_EPOCH =
            optional("billEpoch", Types.DATE, AccountPlan::billEpoch);
    private static final Field<AccountPlan, Code> CODE = optional("code", Types.CODE, AccountPlan::code);
    private static final Field<AccountPlan, CustomFields> CUSTOM = CustomFieldsJson.field(AccountPlan::customFields);

    static final Shape<AccountPlan> SHAPE = Shape.of(
                    values -> new AccountPlan(
                            values.get(ACCOUNT),
                            values.get(PLAN),
                            values.get(PRODUCT),
                            new Validity(values.get(START), values.find(END)),
                            values.find(BILL_EPOCH),
                            values.find(CODE),
                            CustomFieldsJson.of(values, CUSTOM)),
                    ACCOUNT,
                    PLAN,
                    PRODUCT,
                    START,
                    END,
                    BILL_EPOCH,
                    CODE,
                    CUSTOM)
            .accepting(
                    Neutral.of("childBillingMode", "PARENT_BREAKDOWN"),
                    Neutral.absent("contractId"),
                    Neutral.absent("planGroupId"));

    private AccountPlanJson() {}
}
