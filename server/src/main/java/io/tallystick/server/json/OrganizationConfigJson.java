package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.account.InvoiceNumbering;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.account.OrganizationConfig.InAdvance;
import io.tallystick.account.OrganizationConfig.InvoiceDating;
import io.tallystick.quantity.Currency;
import io.tallystick.time.Epochs;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** What an organization says for all its accounts, as JSON. Source: m3ter API, OrganizationConfig. */
final class OrganizationConfigJson {
    private static final int DAYS_MAX = 3660;

    /** Leaves room for another thousand million numbers. */
    private static final int START_MAX = 1_000_000_000;

    private static final Field<OrganizationConfig, Currency> CURRENCY =
            required("currency", Types.CURRENCY, OrganizationConfig::currency);
    private static final Field<OrganizationConfig, ZoneId> ZONE =
            required("timezone", Types.NAMED_ZONE, OrganizationConfig::zone);
    private static final Field<OrganizationConfig, LocalDate> DAY_EPOCH = epoch("dayEpoch", Epochs::day);
    private static final Field<OrganizationConfig, LocalDate> WEEK_EPOCH = epoch("weekEpoch", Epochs::week);
    private static final Field<OrganizationConfig, LocalDate> MONTH_EPOCH = epoch("monthEpoch", Epochs::month);
    private static final Field<OrganizationConfig, LocalDate> YEAR_EPOCH = epoch("yearEpoch", Epochs::year);
    private static final Field<OrganizationConfig, Integer> DAYS_BEFORE_DUE =
            required("daysBeforeBillDue", Types.integer(1, DAYS_MAX), OrganizationConfig::daysBeforeBillDue);
    private static final Field<OrganizationConfig, InvoiceDating> INVOICE_DATE = optional(
            "externalInvoiceDate", Types.choice(InvoiceDating.class), config -> Optional.of(config.invoiceDating()));
    private static final Field<OrganizationConfig, Boolean> SUPPRESSES_EMPTY =
            optional("suppressedEmptyBills", Types.FLAG, config -> Optional.of(config.suppressesEmptyBills()));

    private static final Field<OrganizationConfig, Boolean> STANDING_CHARGE_IN_ADVANCE = optional(
            "standingChargeBillInAdvance",
            Types.FLAG,
            config -> Optional.of(config.inAdvance().standingCharge()));
    private static final Field<OrganizationConfig, Boolean> MINIMUM_SPEND_IN_ADVANCE = optional(
            "minimumSpendBillInAdvance",
            Types.FLAG,
            config -> Optional.of(config.inAdvance().minimumSpend()));
    private static final Field<OrganizationConfig, String> BILL_PREFIX =
            optional("billPrefix", Types.text(0, InvoiceNumbering.PREFIX_LENGTH_MAX), config -> config.numbering()
                    .prefix());
    private static final Field<OrganizationConfig, Integer> SEQUENCE_START =
            optional("sequenceStartNumber", Types.integer(1, START_MAX), OrganizationConfigJson::start);

    /** Ours. */
    private static final Field<OrganizationConfig, Integer> LATE_USAGE_DAYS = optional(
            "lateUsageDays",
            Types.integer(0, OrganizationConfig.LATE_USAGE_DAYS_MAX),
            config -> Optional.of(config.lateUsageDays()));

    static final Shape<OrganizationConfig> SHAPE = Shape.of(
                    values -> new OrganizationConfig(
                            values.get(CURRENCY),
                            values.get(ZONE),
                            new Epochs(
                                    values.get(DAY_EPOCH),
                                    values.get(WEEK_EPOCH),
                                    values.get(MONTH_EPOCH),
                                    values.get(YEAR_EPOCH)),
                            values.get(DAYS_BEFORE_DUE),
                            values.find(INVOICE_DATE).orElse(InvoiceDating.FIRST_DAY_OF_NEXT_PERIOD),
                            values.find(SUPPRESSES_EMPTY).orElse(false),
                            new InvoiceNumbering(
                                    values.find(BILL_PREFIX),
                                    values.find(SEQUENCE_START)
                                            .map(OptionalInt::of)
                                            .orElseGet(OptionalInt::empty)),
                            new InAdvance(
                                    values.find(STANDING_CHARGE_IN_ADVANCE).orElse(false),
                                    values.find(MINIMUM_SPEND_IN_ADVANCE).orElse(false)),
                            values.find(LATE_USAGE_DAYS).orElse(OrganizationConfig.LATE_USAGE_DAYS)),
                    CURRENCY,
                    ZONE,
                    DAY_EPOCH,
                    WEEK_EPOCH,
                    MONTH_EPOCH,
                    YEAR_EPOCH,
                    DAYS_BEFORE_DUE,
                    INVOICE_DATE,
                    SUPPRESSES_EMPTY,
                    STANDING_CHARGE_IN_ADVANCE,
                    MINIMUM_SPEND_IN_ADVANCE,
                    BILL_PREFIX,
                    SEQUENCE_START,
                    LATE_USAGE_DAYS)
            .accepting(
                    Neutral.of("commitmentFeeBillInAdvance", false),
                    Neutral.of("allowOverlappingPlans", false),
                    Neutral.of("allowNegativeBalances", false),
                    Neutral.of("consolidateBills", false),
                    Neutral.of("autoGenerateStatementMode", "NONE"),
                    Neutral.hidden("scheduledBillInterval", 0),
                    Neutral.absent("autoApproveBillsGracePeriod"),
                    Neutral.absent("autoApproveBillsGracePeriodUnit"),
                    Neutral.absent("creditApplicationOrder"),
                    Neutral.absent("currencyConversions"),
                    Neutral.absent("defaultStatementDefinitionId"),
                    Neutral.hidden("scheduledBillOffset", 0));

    private OrganizationConfigJson() {}

    private static Optional<Integer> start(OrganizationConfig config) {
        OptionalInt start = config.numbering().start();
        return start.isPresent() ? Optional.of(start.getAsInt()) : Optional.empty();
    }

    private static Field<OrganizationConfig, LocalDate> epoch(String name, Function<Epochs, LocalDate> of) {
        return required(name, Types.DATE, config -> of.apply(config.epochs()));
    }
}
