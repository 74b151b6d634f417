package io.tallystick.billing;

import static io.tallystick.rating.Bands.perUnit;

import io.tallystick.account.Account;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.document.Document;
import io.tallystick.quantity.Rounding;
import java.util.List;

/** The AWS Lambda example: compute time in three tiers, requests per million, one account from December 2024 on. */
record Lambda(
        Document<Product> product,
        Document<Meter> meter,
        Document<Aggregation> duration,
        Document<Aggregation> requests,
        Document<PlanTemplate> template,
        Document<Plan> plan,
        Document<Account> account) {
    static Lambda on(Scenario.Shelf shelf) {
        Scenario scenario = new Scenario(shelf);
        Document<Product> product = scenario.product("AWS Lambda");
        Document<Meter> meter = scenario.meter("compute_and_requests_meter", "memory", "duration");
        Document<Aggregation> duration = scenario.aggregation(meter, "duration", Function.SUM, "duration");
        Document<Aggregation> requests =
                scenario.aggregation(meter, "requests", Function.COUNT, "memory", "1000000", Rounding.NONE);
        Document<PlanTemplate> template = scenario.template(product, "0");
        Document<Plan> plan = scenario.plan(template, "lambda");
        scenario.pricing(
                plan,
                duration,
                new Tiered(List.of(
                        perUnit("0", "0.00001833337"),
                        perUnit("6000000000", "0.0000165"),
                        perUnit("15000000000", "0.00001466674"))));
        scenario.pricing(plan, requests, new Tiered(List.of(perUnit("0", "0.22"))));
        Document<Account> account = scenario.account("mickey");
        scenario.subscribe(account, plan, Scenario.since("2024-12-01"));
        return new Lambda(product, meter, duration, requests, template, plan, account);
    }
}
