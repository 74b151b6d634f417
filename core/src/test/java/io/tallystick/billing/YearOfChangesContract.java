package io.tallystick.billing;

import static io.tallystick.billing.Scenario.since;
import static io.tallystick.rating.Bands.band;
import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.price.PriceModel;
import io.tallystick.catalog.price.PricingBand;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.catalog.price.Volume;
import io.tallystick.document.Document;
import io.tallystick.document.Kind;
import io.tallystick.document.Revision;
import io.tallystick.id.Id;
import io.tallystick.id.InvoiceNumber;
import io.tallystick.id.OrganizationId;
import io.tallystick.quantity.Rounding;
import io.tallystick.seed.Seed;
import io.tallystick.time.Calendars;
import io.tallystick.time.Epochs;
import io.tallystick.time.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Twelve monthly runs on a pair of stores while everything that a bill is made of changes; then every calculation that
 * was ever kept is made again from what it records, and is the same text.
 */
public abstract class YearOfChangesContract extends BillingWalk {
    private static final int YEARS = 2;
    private static final int MONTHS = 12;
    private static final int CHANGES_MAX = 5;
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 1, 1);
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("Pacific/Chatham"));

    /** The bill as it is kept: compared to the letter. */
    protected abstract String written(Bill bill);

    @Test
    void everyCalculationOfAYearIsMadeAgainToTheLetter() {
        Seed.runs(getClass(), YEARS, random -> {
            OrganizationId organization = new OrganizationId(new UUID(random.nextLong(), random.nextLong()).toString());
            Year year = new Year(organization, random);
            for (int month = 1; month <= MONTHS; month++) {
                year.live(FIRST_DAY.plusMonths(month));
            }

            int calculations = 0;
            int otherwiseNow = 0;
            for (Document<Bill> bill : bills(organization)) {
                for (Revision<Bill> revision : documents.history(Bill.KIND, organization, bill.id())) {
                    Document<Bill> kept = revision.document();
                    assertThat(written(biller.recompute(kept))).isEqualTo(written(kept.content()));
                    calculations++;
                }
                otherwiseNow += isOtherwiseNow(bill) ? 1 : 0;
            }
            assertThat(calculations).as("bills and what they were before").isGreaterThan(2 * MONTHS);
            assertThat(otherwiseNow)
                    .as("bills that the present state of the world would make otherwise")
                    .isPositive();
        });
    }

    private boolean isOtherwiseNow(Document<Bill> bill) {
        BillOrder order = documents
                .find(
                        BillJob.KIND,
                        bill.organization(),
                        bill.content().billJob().orElseThrow())
                .orElseThrow()
                .content()
                .order()
                .only(Set.of(bill.content().account()));
        return biller.preview(bill.organization(), order, bill.content().lastCalculated()).bills().stream()
                .map(calculated -> calculated.inPlaceOf(bill.content()))
                .noneMatch(bill.content()::equals);
    }

    /** What an organization does in a year. */
    private final class Year {
        private final OrganizationId organization;
        private final RandomGenerator random;
        private final Scenario scenario;
        private final Document<Product> product;
        private final Document<Meter> meter;
        private final Document<PlanTemplate> template;
        private final List<Document<Plan>> plans = new ArrayList<>();
        private final List<Document<Aggregation>> aggregations = new ArrayList<>();
        private final List<Document<Pricing>> prices = new ArrayList<>();
        private final List<Document<Account>> accounts = new ArrayList<>();
        private final List<Document<AccountPlan>> present = new ArrayList<>();
        private ZoneId zone = ZoneOffset.UTC;
        private int numbers;

        Year(OrganizationId organization, RandomGenerator random) {
            this.organization = organization;
            this.random = random;
            scenario = new Scenario(shelf(organization));
            product = scenario.product("p");
            meter = scenario.meter("m", "x", "y");
            template = scenario.template(product, "20");
            plans.add(scenario.plan(template, "first"));
            plans.add(scenario.plan(template, "second"));
            for (Function function : List.of(Function.SUM, Function.MAX, Function.MEAN, Function.COUNT)) {
                aggregations.add(scenario.aggregation(meter, function.name(), function, "x"));
            }
            for (Document<Aggregation> aggregation : aggregations) {
                prices.add(scenario.pricing(
                        new Priced.OnTemplate(template.id()), aggregation, model(), since("2024-01-01")));
            }
            for (int i = 0; i < 4; i++) {
                Document<Account> account = scenario.account("account " + i);
                accounts.add(account);
                present.add(scenario.subscribe(account, one(plans), since("2024-01-01")));
            }
        }

        /** A month of usage and changes, then its bills, and sometimes those of months before it once more. */
        void live(LocalDate billDate) {
            Instant end = billDate.atStartOfDay(ZoneOffset.UTC).toInstant();
            int changes = random.nextInt(1, CHANGES_MAX + 1);
            for (int i = 0; i < changes; i++) {
                use(end);
                // every other one reaches back into months that are billed already
                change(end.minus(Duration.ofHours(random.nextInt(28 * 24) + (random.nextBoolean() ? 40 * 24 : 0))));
            }
            run(organization, Desk.order(billDate.toString(), calendars()));
            use(end);
            if (random.nextBoolean()) {
                run(organization, Desk.order(billDate.toString(), calendars()));
            }
            if (random.nextInt(3) == 0) {
                run(organization, Desk.order(billDate.minusMonths(2).toString(), calendars()));
            }
            approve();
        }

        private Calendars calendars() {
            return new Calendars(Optional.empty(), Optional.empty(), Epochs.STANDARD, zone);
        }

        /** Usage of the month that ends, some of it late: of a month before; and some that takes usage back. */
        private void use(Instant end) {
            for (Document<Account> account : accounts) {
                int hoursBack = random.nextInt(4) == 0 ? 90 * 24 : 28 * 24;
                Instant at = end.minus(Duration.ofMinutes(random.nextInt(1, hoursBack * 60)));
                int value = random.nextInt(1_000) - (random.nextInt(4) == 0 ? 900 : 0);
                measure(meter, account, at.toString(), "x", value + ".125", "y", "1");
            }
        }

        private void change(Instant at) {
            int which = random.nextInt(accounts.size());
            switch (random.nextInt(7)) {
                case 0 -> follow(random.nextInt(prices.size()), at);
                case 1 -> {
                    Document<Pricing> price = one(prices);
                    inPlaceOf(price).pricing(price.content().on(), aggregationOf(price), model(), validityOf(price));
                }
                case 2 -> inPlaceOf(template).template(product, Integer.toString(random.nextInt(50)));
                case 3 -> inPlaceOf(accounts.get(which)).account("account %d %d".formatted(which, numbers++));
                case 4 -> {
                    Document<Aggregation> aggregation = one(aggregations);
                    inPlaceOf(aggregation)
                            .aggregation(
                                    meter,
                                    "renamed " + numbers++,
                                    aggregation.content().function(),
                                    random.nextBoolean() ? "x" : "y",
                                    Integer.toString(random.nextInt(1, 9)),
                                    one(List.of(Rounding.values())));
                }
                case 5 -> move(which, at);
                default -> zone = one(ZONES);
            }
        }

        /** Ends a price and lets another one follow it. */
        private void follow(int which, Instant at) {
            Document<Pricing> price = prices.get(which);
            Priced on = price.content().on();
            Instant start = price.content().validity().start();
            if (start.isBefore(at)) {
                inPlaceOf(price)
                        .pricing(
                                on,
                                aggregationOf(price),
                                price.content().model(),
                                new Validity(start, Optional.of(at)));
                prices.set(
                        which, scenario.pricing(on, aggregationOf(price), model(), new Validity(at, Optional.empty())));
            }
        }

        /** Puts an account on another plan. */
        private void move(int account, Instant at) {
            Document<AccountPlan> accountPlan = present.get(account);
            Instant start = accountPlan.content().validity().start();
            if (start.isBefore(at)) {
                Document<Plan> old = plans.stream()
                        .filter(plan -> plan.id().equals(accountPlan.content().plan()))
                        .findFirst()
                        .orElseThrow();
                inPlaceOf(accountPlan).subscribe(accounts.get(account), old, new Validity(start, Optional.of(at)));
                present.set(
                        account,
                        scenario.subscribe(accounts.get(account), one(plans), new Validity(at, Optional.empty())));
            }
        }

        private void approve() {
            for (Document<Bill> bill : bills(organization)) {
                if (bill.content().status() == BillState.Status.PENDING && random.nextInt(6) == 0) {
                    InvoiceNumber number = new InvoiceNumber("INV-%d".formatted(++numbers));
                    documents.write(
                            ANNA,
                            transaction ->
                                    transaction.update(bill, bill.content().approved(ANNA, number)));
                }
            }
        }

        private Document<Aggregation> aggregationOf(Document<Pricing> price) {
            return aggregations.stream()
                    .filter(aggregation ->
                            aggregation.id().equals(price.content().aggregation()))
                    .findFirst()
                    .orElseThrow();
        }

        private Validity validityOf(Document<Pricing> price) {
            return price.content().validity();
        }

        private PriceModel model() {
            List<PricingBand> bands = List.of(
                    band("0", Integer.toString(random.nextInt(3)), "0.0" + random.nextInt(1_000)),
                    perUnit("100.5", "0.00" + random.nextInt(1_000)));
            return random.nextBoolean() ? new Tiered(bands) : new Volume(bands);
        }

        private <T> T one(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        /** What such a scenario makes takes the place of a document, as a PUT does. */
        private Scenario inPlaceOf(Document<?> replaced) {
            return new Scenario(new Scenario.Shelf() {
                @Override
                public <T> Document<T> put(Kind<T> kind, T content) {
                    return documents.write(
                            ANNA,
                            transaction -> transaction.update(
                                    transaction
                                            .find(
                                                    kind,
                                                    organization,
                                                    new Id<>(replaced.id().value()))
                                            .orElseThrow(),
                                    content));
                }
            });
        }
    }
}
