package io.tallystick.billing;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.account.OrganizationConfig.InAdvance;
import io.tallystick.billing.calendar.PlanCalendar;
import io.tallystick.billing.compound.Compounds;
import io.tallystick.billing.segment.Partitions;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.ListedCurrency;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Product;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Watermark;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.CurrencyRounding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything an organization had said about accounts, plans and prices as of one watermark.
 *
 * @param accounts by number
 * @param accountPlans of each account, by number
 * @param pricings of each plan or template, by number
 * @param saidByOrganization absent where the defaults apply
 * @param roundings where the organization rounds otherwise than usual
 * @param partitions of the segmented aggregations
 */
record Facts(
        List<Document<Account>> accounts,
        Map<Id<Account>, List<Document<AccountPlan>>> accountPlans,
        Map<Id<Plan>, Document<Plan>> plans,
        Map<Id<PlanTemplate>, Document<PlanTemplate>> templates,
        Map<Priced, List<Document<Pricing>>> pricings,
        Map<Id<Aggregation>, Document<Aggregation>> aggregations,
        Compounds compounds,
        Map<Id<Meter>, Document<Meter>> meters,
        Map<Id<Product>, Document<Product>> products,
        Optional<OrganizationConfig> saidByOrganization,
        Map<Currency, CurrencyRounding> roundings,
        Partitions partitions) {
    static Facts read(Documents documents, Watermark watermark, OrganizationId organization) {
        return of(
                documents.asOf(watermark, Account.KIND, organization),
                documents.asOf(watermark, AccountPlan.KIND, organization),
                documents.asOf(watermark, Plan.KIND, organization),
                documents.asOf(watermark, PlanTemplate.KIND, organization),
                documents.asOf(watermark, Pricing.KIND, organization),
                documents.asOf(watermark, Aggregation.KIND, organization),
                documents.asOf(watermark, CompoundAggregation.KIND, organization),
                documents.asOf(watermark, Meter.KIND, organization),
                documents.asOf(watermark, Product.KIND, organization),
                documents.asOf(watermark, OrganizationConfig.KIND, organization),
                documents.asOf(watermark, ListedCurrency.KIND, organization));
    }

    static Facts of(
            List<Document<Account>> accounts,
            List<Document<AccountPlan>> accountPlans,
            List<Document<Plan>> plans,
            List<Document<PlanTemplate>> templates,
            List<Document<Pricing>> pricings,
            List<Document<Aggregation>> aggregations,
            List<Document<CompoundAggregation>> compounds,
            List<Document<Meter>> meters,
            List<Document<Product>> products,
            List<Document<OrganizationConfig>> configs,
            List<Document<ListedCurrency>> currencies) {
        Map<Id<Meter>, Document<Meter>> metersById = byId(meters);
        return new Facts(
                List.copyOf(accounts),
                accountPlans.stream()
                        .collect(groupingBy(accountPlan -> accountPlan.content().account())),
                byId(plans),
                byId(templates),
                pricings.stream()
                        .collect(groupingBy(pricing -> pricing.content().on())),
                byId(aggregations),
                Compounds.of(compounds),
                metersById,
                byId(products),
                configs.stream().map(Document::content).findFirst(),
                currencies.stream()
                        .flatMap(listed -> listed.content().rounding().stream())
                        .collect(toUnmodifiableMap(CurrencyRounding::currency, Function.identity())),
                Partitions.of(aggregations, metersById));
    }

    List<Document<AccountPlan>> accountPlansOf(Document<Account> account) {
        return accountPlans.getOrDefault(account.id(), List.of());
    }

    List<Document<Pricing>> pricingsOn(Priced owner) {
        return pricings.getOrDefault(owner, List.of());
    }

    Document<Plan> plan(Id<Plan> id) {
        return existing(plans, id);
    }

    Document<PlanTemplate> template(Id<PlanTemplate> id) {
        return existing(templates, id);
    }

    Document<Aggregation> aggregation(Id<Aggregation> id) {
        return existing(aggregations, id);
    }

    Document<Meter> meter(Id<Meter> id) {
        return existing(meters, id);
    }

    /** What of an account plan an order bills; absent: nothing has ended yet, or the order is for other cycles. */
    Optional<PlanCalendar> calendarOf(Document<Account> account, Document<AccountPlan> accountPlan, BillOrder order) {
        PlanTemplate template = template(
                        plan(accountPlan.content().plan()).content().template())
                .content();
        return order.calendars().include(template.cycle())
                ? PlanCalendar.of(
                        order.calendars(),
                        order.billDate(),
                        template,
                        account.content(),
                        accountPlan.content(),
                        firstStart(account))
                : Optional.empty();
    }

    private Instant firstStart(Document<Account> account) {
        return accountPlansOf(account).stream()
                .map(accountPlan -> accountPlan.content().validity().start())
                .min(naturalOrder())
                .orElseThrow(() -> new IllegalStateException(
                        "Expected account %s to have an account plan, but it has none.".formatted(account.id())));
    }

    /** What of a plan is charged in advance: as it says, else its template, else the organization. */
    InAdvance inAdvance(Plan plan) {
        PlanTemplate template = template(plan.template()).content();
        InAdvance usual = config().inAdvance();
        return new InAdvance(
                plan.standingChargeInAdvance()
                        .or(template::standingChargeInAdvance)
                        .orElseGet(usual::standingCharge),
                plan.minimumSpend().or(template.minimumSpend()).inAdvance().orElseGet(usual::minimumSpend));
    }

    /**
     * Whether bills of other periods may charge for time that a bill of this one charges for, though they did not when they
     * were made: because something is charged in advance, or for several periods together, or the account plan is over.
     */
    boolean mayShareTime(Document<AccountPlan> accountPlan, PlanCalendar calendar) {
        Document<Plan> plan = plan(accountPlan.content().plan());
        return !inAdvance(plan.content()).equals(InAdvance.NOTHING)
                || calendar.instalments().interval() > 1
                || accountPlan
                        .content()
                        .validity()
                        .endsBy(calendar.due().period().from())
                || Stream.of(
                                new Priced.OnPlan(plan.id()),
                                new Priced.OnTemplate(plan.content().template()))
                        .flatMap(priced -> pricingsOn(priced).stream())
                        .anyMatch(pricing ->
                                pricing.content().minimumSpend().inAdvance().orElse(false));
    }

    OrganizationConfig config() {
        return saidByOrganization.orElse(OrganizationConfig.STANDARD);
    }

    CurrencyRounding rounding(Currency currency) {
        return Optional.ofNullable(roundings.get(currency)).orElseGet(() -> CurrencyRounding.standard(currency));
    }

    /** The currency an account is billed in, where it or its organization has said one. */
    Optional<Currency> currencyOf(Document<Account> account) {
        return account.content().currency().or(() -> saidByOrganization.map(OrganizationConfig::currency));
    }

    LineItem.BookedProduct product(Id<Product> id) {
        return LineItem.BookedProduct.of(existing(products, id));
    }

    /** References are checked when they are made and hold what they refer to, so a missing one is a fault of ours. */
    private static <T> Document<T> existing(Map<Id<T>, Document<T>> documents, Id<T> id) {
        Document<T> document = documents.get(id);
        if (document == null) {
            throw new IllegalStateException(
                    "Expected document %s, which another one refers to, but it does not exist.".formatted(id));
        }
        return document;
    }

    private static <T> Map<Id<T>, Document<T>> byId(List<Document<T>> documents) {
        return documents.stream().collect(toUnmodifiableMap(Document::id, Function.identity()));
    }
}
