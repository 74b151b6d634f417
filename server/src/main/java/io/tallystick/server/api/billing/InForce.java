package io.tallystick.server.api.billing;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.billing.Bill;
import io.tallystick.billing.LineItem;
import io.tallystick.billing.compound.Calculated;
import io.tallystick.billing.segment.Partition;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.ListedCurrency;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Segment;
import io.tallystick.catalog.UnitSize;
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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The documents a line was computed from, each in the revision that stood in the state its bill records.
 *
 * @param inputs of the calculation, where the quantity was calculated
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
        Optional<Document<CompoundAggregation>> compound,
        List<Input> inputs,
        CurrencyRounding rounding) {
    InForce {
        inputs = List.copyOf(inputs);
    }

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
                line.basis().compound().flatMap(id -> then.find(CompoundAggregation.KIND, id)),
                line.basis().calculated().stream()
                        .flatMap(calculated -> calculated.inputs().stream())
                        .map(then::input)
                        .toList(),
                then.rounding(line));
    }

    /**
     * What one name in the calculation stood for.
     *
     * @param aggregation that was measured; absent: it was calculated itself
     * @param meter of that aggregation
     */
    record Input(
            Calculated.Input said,
            Optional<Document<Aggregation>> aggregation,
            Optional<Document<Meter>> meter,
            Optional<Document<CompoundAggregation>> compound) {
        private String step() {
            String quantity = said.quantity().map(BigDecimal::toPlainString).orElse("nothing");
            return aggregation
                    .map(Document::content)
                    .map(counted -> "%s: %s of %s = %s"
                            .formatted(said.name(), counted.function(), counted.targetField(), quantity))
                    .orElseGet(() -> "%s: %s = %s"
                            .formatted(said.name(), said.calculation().orElse(""), quantity));
        }

        private Json written() {
            Json.ObjBuilder written = Json.obj().with("code", said.name());
            write(written, "aggregation", aggregation, Shapes.AGGREGATION);
            write(written, "meter", meter, Shapes.METER);
            write(written, "compoundAggregation", compound, Shapes.COMPOUND_AGGREGATION);
            return written.build();
        }
    }

    /** The names in the calculation that stand for measurements. */
    List<String> measuredInputs() {
        return inputs.stream()
                .filter(input -> input.meter().isPresent())
                .map(input -> input.said().name())
                .toList();
    }

    /**
     * Where the line, or one name in its calculation, was measured.
     *
     * @param input one of {@link #measuredInputs}; absent: the line itself
     */
    Optional<Document<Meter>> measuredOn(Optional<String> input) {
        return input.isEmpty()
                ? meter
                : inputs.stream()
                        .filter(each -> input.get().equals(each.said().name()))
                        .flatMap(each -> each.meter().stream())
                        .findFirst();
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
        write(written, "compoundAggregation", compound, Shapes.COMPOUND_AGGREGATION);
        if (!inputs.isEmpty()) {
            written.with(
                    "inputs", new Json.Arr(inputs.stream().map(Input::written).toList()));
        }
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
        if (line.type().isUsage()) {
            inputs.forEach(input -> steps.add(input.step()));
            line.basis()
                    .calculated()
                    .ifPresent(calculated -> steps.add("quantity: %s = %s"
                            .formatted(calculated.calculation(), line.quantity().toPlainString())));
            aggregation
                    .map(Document::content)
                    .ifPresent(counted -> steps.add("quantity: %s of %s = %s"
                            .formatted(
                                    counted.function(),
                                    counted.targetField(),
                                    line.quantity().toPlainString())));
            aggregation
                    .map(counted -> counted.content().unitSize())
                    .or(() -> compound.map(counted -> counted.content().unitSize()))
                    .ifPresent(size -> steps.add(units(size)));
        }
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

    private String units(UnitSize size) {
        Earlier before = line.basis().earlier();
        return before.equals(Earlier.NOTHING)
                ? "units: %s / %s, rounding %s = %s"
                        .formatted(
                                line.quantity().toPlainString(),
                                size.quantityPerUnit().toPlainString(),
                                size.rounding(),
                                line.units().toPlainString())
                : "units: (%s before + %s) / %s, rounding %s, less %s before = %s"
                        .formatted(
                                before.quantity().toPlainString(),
                                line.quantity().toPlainString(),
                                size.quantityPerUnit().toPlainString(),
                                size.rounding(),
                                before.units().toPlainString(),
                                line.units().toPlainString());
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

        Input input(Calculated.Input said) {
            Optional<Document<Aggregation>> aggregation =
                    said.of().aggregation().flatMap(id -> find(Aggregation.KIND, id));
            return new Input(
                    said,
                    aggregation,
                    aggregation.flatMap(
                            found -> find(Meter.KIND, found.content().meter())),
                    said.of().compound().flatMap(id -> find(CompoundAggregation.KIND, id)));
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
