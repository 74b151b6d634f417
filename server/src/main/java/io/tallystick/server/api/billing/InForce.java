package io.tallystick.server.api.billing;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.billing.Bill;
import io.tallystick.billing.LineItem;
import io.tallystick.billing.segment.Partition;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.ListedCurrency;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Segment;
import io.tallystick.document.AsOf;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Kind;
import io.tallystick.id.Id;
import io.tallystick.quantity.CurrencyRounding;
import io.tallystick.rating.Earlier;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.Shape;
import io.tallystick.server.json.Shapes;
import io.tallystick.server.json.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The documents a line was computed from, each in the revision that stood in the state its bill records.
 *
 * @param rounding of the line's currency
 */
record InForce(
        LineItem line,
        Optional<Document<Account>> account,
        Optional<Document<AccountPlan>> accountPlan,
        Optional<Document<Plan>> plan,
        Optional<Document<PlanTemplate>> planTemplate,
        Optional<Document<Pricing>> pricing,
        Optional<Document<Aggregation>> aggregation,
        Optional<Document<Meter>> meter,
        CurrencyRounding rounding) {
    static InForce of(Documents documents, Document<Bill> bill, LineItem line) {
        Then then = new Then(documents, bill);
        Optional<Document<Plan>> plan = line.booking().plan().flatMap(id -> then.find(Plan.KIND, id));
        return new InForce(
                line,
                then.find(Account.KIND, bill.content().account()),
                line.booking().accountPlan().flatMap(id -> then.find(AccountPlan.KIND, id)),
                plan,
                plan.flatMap(
                        found -> then.find(PlanTemplate.KIND, found.content().template())),
                line.basis().pricing().flatMap(id -> then.find(Pricing.KIND, id)),
                line.basis().aggregation().flatMap(id -> then.find(Aggregation.KIND, id)),
                line.basis().meter().flatMap(id -> then.find(Meter.KIND, id)),
                then.rounding(line));
    }

    /** Whether a measurement of the meter is in the line's quantity. */
    boolean counts(List<Optional<String>> texts) {
        Optional<Segment> segment = pricing.flatMap(price -> price.content().segment());
        return segment.isEmpty()
                || aggregation
                        .flatMap(counted -> Partition.of(
                                0,
                                counted.content().segmentation(),
                                meter.orElseThrow().content()))
                        .filter(partition -> partition.isOf(segment.get(), texts))
                        .isPresent();
    }

    Json written() {
        Json.ObjBuilder written = Json.obj();
        write(written, "account", account, Shapes.ACCOUNT);
        write(written, "accountPlan", accountPlan, Shapes.ACCOUNT_PLAN);
        write(written, "plan", plan, Shapes.PLAN);
        write(written, "planTemplate", planTemplate, Shapes.PLAN_TEMPLATE);
        write(written, "pricing", pricing, Shapes.PRICING);
        write(written, "aggregation", aggregation, Shapes.AGGREGATION);
        write(written, "meter", meter, Shapes.METER);
        return written.with(
                        "rounding",
                        Json.obj()
                                .with("currency", rounding.currency().code())
                                .with("decimalPlaces", rounding.decimalPlaces())
                                .with("roundingMode", rounding.mode().name())
                                .build())
                .build();
    }

    /** The arithmetic in words, one step a line. */
    List<String> steps() {
        List<String> steps = new ArrayList<>();
        aggregation.map(Document::content).filter(_ -> line.type().isUsage()).ifPresent(counted -> {
            steps.add("quantity: %s of %s = %s"
                    .formatted(
                            counted.function(),
                            counted.targetField(),
                            line.quantity().toPlainString()));
            Earlier before = line.basis().earlier();
            steps.add(
                    before.equals(Earlier.NOTHING)
                            ? "units: %s / %s, rounding %s = %s"
                                    .formatted(
                                            line.quantity().toPlainString(),
                                            counted.unitSize().quantityPerUnit().toPlainString(),
                                            counted.unitSize().rounding(),
                                            line.units().toPlainString())
                            : "units: (%s before + %s) / %s, rounding %s, less %s before = %s"
                                    .formatted(
                                            before.quantity().toPlainString(),
                                            line.quantity().toPlainString(),
                                            counted.unitSize().quantityPerUnit().toPlainString(),
                                            counted.unitSize().rounding(),
                                            before.units().toPlainString(),
                                            line.units().toPlainString()));
        });
        line.bands()
                .forEach(band -> steps.add("band from %s: %s x %s + %s = %s"
                        .formatted(
                                band.lowerLimit().toPlainString(),
                                band.units().toPlainString(),
                                band.unitPrice().toPlainString(),
                                band.fixedPrice().toPlainString(),
                                band.subtotal().toPlainString())));
        steps.add("exact amount: %s %s".formatted(line.exactAmount().toPlainString(), rounding.currency()));
        steps.add("amount: rounded to %d places, %s = %s %s"
                .formatted(
                        rounding.decimalPlaces(),
                        rounding.mode(),
                        line.subtotal().toPlainString(),
                        rounding.currency()));
        return List.copyOf(steps);
    }

    private static <T> void write(
            Json.ObjBuilder written, String name, Optional<Document<T>> document, Shape<T> shape) {
        document.ifPresent(found -> written.with(
                name,
                Json.obj()
                        .with("id", found.id().value())
                        .with("version", found.version())
                        .withAll(shape.write(found.content(), View.WIRE))
                        .build()));
    }

    /** The documents as they stood. */
    private record Then(Documents documents, Document<Bill> bill) {
        <T> Optional<Document<T>> find(Kind<T> kind, Id<T> id) {
            return new AsOf(documents, bill.content().watermarks().documents(), bill.organization()).find(kind, id);
        }

        CurrencyRounding rounding(LineItem line) {
            return documents
                    .asOf(bill.content().watermarks().documents(), ListedCurrency.KIND, bill.organization())
                    .stream()
                    .flatMap(listed -> listed.content().rounding().stream())
                    .filter(rounding ->
                            rounding.currency().equals(line.amounts().currency()))
                    .findFirst()
                    .orElseGet(() -> CurrencyRounding.standard(line.amounts().currency()));
        }
    }
}
