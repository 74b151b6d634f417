package io.tallystick.server.api;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.billing.reason.Reason;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.ListedCurrency;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Product;
import io.tallystick.document.Documents;
import io.tallystick.document.Kind;
import io.tallystick.server.api.resource.Filter;
import io.tallystick.server.api.resource.Resource;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.json.Shapes;
import io.tallystick.server.json.correction.ReasonJson;
import io.tallystick.time.Period;
import io.tallystick.time.Validity;
import io.tallystick.usage.UsageStore;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every kind of document that people create over HTTP, declared. */
final class Resources {
    /** There is one of it, so its door is another. */
    static final Resource<OrganizationConfig> ORGANIZATION_CONFIG = new Resource<>(
            "organizationconfig", OrganizationConfig.KIND, Shapes.ORGANIZATION_CONFIG, List.of(), Rules.none());

    private Resources() {}

    static List<Resource<?>> all(Documents documents, UsageStore usage) {
        return Stream.of(catalog(documents, usage), picklists(), accounts(documents, usage))
                .flatMap(resources -> resources)
                .toList();
    }

    private static Stream<Resource<?>> catalog(Documents documents, UsageStore usage) {
        return Stream.of(
                new Resource<>("products", Product.KIND, Shapes.PRODUCT, List.of(), Rules.none()),
                new Resource<>(
                        "meters",
                        Meter.KIND,
                        Shapes.METER,
                        List.of(new Filter.ByKey<>("productId", "productId"), new Filter.ByKey<>("codes", "code")),
                        new MeterRules(usage)),
                new Resource<>(
                        "aggregations",
                        Aggregation.KIND,
                        Shapes.AGGREGATION,
                        List.of(
                                new Filter.ByKey<>("codes", "code"),
                                new Filter.ByKey<>("meterId", "meterId"),
                                new Filter.ByLook<>("productId", productOfMeter(documents))),
                        new AggregationRules()),
                new Resource<>(
                        "plantemplates",
                        PlanTemplate.KIND,
                        Shapes.PLAN_TEMPLATE,
                        List.of(new Filter.ByKey<>("productId", "productId")),
                        new PlanTemplateRules()),
                new Resource<>(
                        "plans",
                        Plan.KIND,
                        Shapes.PLAN,
                        List.of(
                                new Filter.ByKey<>("productId", "productId"),
                                new Filter.ByKey<>("planTemplateId", "planTemplateId"),
                                new Filter.ByLook<>("accountId", (accounts, call, faults) -> bespokeOnly -> false)),
                        new PlanRules()),
                new Resource<>(
                        "pricings",
                        Pricing.KIND,
                        Shapes.PRICING,
                        List.of(
                                new Filter.ByKey<>("planId", "planId"),
                                new Filter.ByKey<>("planTemplateId", "planTemplateId"),
                                new Filter.ByKey<>("aggregationId", "aggregationId"),
                                new Filter.ByLook<>("date", inForceOn(Pricing::validity))),
                        new PricingRules()));
    }

    private static Stream<Resource<?>> picklists() {
        return Stream.of(
                new Resource<>(
                        "picklists/currency",
                        ListedCurrency.KIND,
                        Shapes.CURRENCY,
                        List.of(new Filter.ByKey<>("codes", "code"), new Filter.ByKey<>("archived", "archived")),
                        Rules.none()),
                reasons("picklists/creditreasons", Reason.CREDIT),
                reasons("picklists/debitreasons", Reason.DEBIT));
    }

    private static Resource<Reason> reasons(String path, Kind<Reason> kind) {
        return new Resource<>(
                path,
                kind,
                ReasonJson.SHAPE,
                List.of(new Filter.ByKey<>("codes", "code"), new Filter.ByKey<>("archived", "archived")),
                Rules.none());
    }

    private static Stream<Resource<?>> accounts(Documents documents, UsageStore usage) {
        return Stream.of(
                accountsOnly(documents, usage),
                new Resource<>(
                        "accountplans",
                        AccountPlan.KIND,
                        Shapes.ACCOUNT_PLAN,
                        List.of(
                                new Filter.ByKey<>("account", "account"),
                                new Filter.ByLook<>("account", inForceNow()),
                                new Filter.ByKey<>("product", "product"),
                                new Filter.ByKey<>("plan", "plan"),
                                new Filter.ByLook<>("contract", (contracts, call, faults) -> none -> false),
                                new Filter.ByLook<>("date", inForceOn(AccountPlan::validity))),
                        new AccountPlanRules()));
    }

    static Resource<Account> accountsOnly(Documents documents, UsageStore usage) {
        return new Resource<>(
                "accounts",
                Account.KIND,
                Shapes.ACCOUNT,
                List.of(new Filter.ByKey<>("codes", "code")),
                new AccountRules(documents, usage));
    }

    /** An aggregation is of its meter's product. */
    private static Filter.Look<Aggregation> productOfMeter(Documents documents) {
        return (products, call, faults) -> aggregation -> documents
                .find(Meter.KIND, call.organization(), aggregation.meter())
                .flatMap(meter -> meter.content().product())
                .map(product -> products.contains(product.value()))
                .orElse(false);
    }

    /** The list of an account's plans leaves out those not in force now, unless {@code includeall=true}. */
    private static Filter.Look<AccountPlan> inForceNow() {
        return (accounts, call, faults) -> {
            boolean isForAll = call.flag("includeall", faults).orElse(false);
            return accountPlan -> isForAll || accountPlan.validity().isInForceAt(call.receivedAt());
        };
    }

    private static <T> Filter.Look<T> inForceOn(Function<T, Validity> validity) {
        return (dates, call, faults) -> {
            Optional<Period> day = Filter.date("date", dates, faults).map(Resources::day);
            return content -> day.filter(validity.apply(content)::overlaps).isPresent();
        };
    }

    private static Period day(LocalDate date) {
        return new Period(
                date.atStartOfDay(ZoneOffset.UTC).toInstant(),
                date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
