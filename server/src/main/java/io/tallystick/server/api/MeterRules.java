package io.tallystick.server.api;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.FieldCategory;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Slots;
import io.tallystick.document.Document;
import io.tallystick.id.FieldCode;
import io.tallystick.server.api.resource.Draft;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.MeterJson;
import io.tallystick.server.json.Values;
import io.tallystick.usage.UsageStore;
import java.util.Optional;

/**
 * A meter keeps the slots of its fields, and no field that measurements or aggregations need leaves it or turns from
 * number to text.
 */
final class MeterRules implements Rules<Meter> {
    private final InUse inUse;

    MeterRules(UsageStore usage) {
        this.inUse = new InUse(usage);
    }

    @Override
    public void complete(Values<Meter> values, Draft<Meter> draft) {
        values.set(
                MeterJson.SLOTS,
                draft.previous().map(previous -> previous.content().slots()).orElse(Slots.NONE));
    }

    @Override
    public Optional<Problem> contradiction(Meter content, Draft<Meter> draft) {
        return draft.previous().flatMap(previous -> lostField(previous, content)
                .or(() -> brokenAggregation(previous, content, draft)));
    }

    @Override
    public Optional<Problem> mayDelete(Document<Meter> document) {
        return inUse.ofMeter(document);
    }

    private Optional<Problem> lostField(Document<Meter> previous, Meter content) {
        return previous.content().fieldCodes().stream()
                .filter(code ->
                        !content.category(code).equals(previous.content().category(code)))
                .filter(code -> inUse.isCarried(previous, code))
                .findFirst()
                .map(code -> Problem.of(
                        Problem.Code.IN_USE,
                        "Expected field %s to stay %s while measurements of meter %s carry it, but %s. Add a new field instead."
                                .formatted(
                                        code,
                                        category(previous.content(), code),
                                        content.code(),
                                        content.category(code)
                                                .map(category -> "it would become " + category)
                                                .orElse("it would be removed"))));
    }

    private static String category(Meter meter, FieldCode code) {
        return meter.category(code).map(FieldCategory::name).orElse("a field");
    }

    private static Optional<Problem> brokenAggregation(Document<Meter> previous, Meter content, Draft<Meter> draft) {
        return draft
                .reading()
                .findBy(
                        Aggregation.KIND,
                        draft.organization(),
                        "meterId",
                        previous.id().value())
                .stream()
                .flatMap(
                        aggregation -> aggregation
                                .content()
                                .misfit(content)
                                .or(() -> aggregation.content().segmentation().misfit(content))
                                .stream()
                                .map(misfit -> Problem.of(
                                        Problem.Code.IN_USE,
                                        "Expected the fields that aggregation %s needs, but with this change: %s"
                                                .formatted(aggregation.id(), misfit))))
                .findFirst();
    }
}
