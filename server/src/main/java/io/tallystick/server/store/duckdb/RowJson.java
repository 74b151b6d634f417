package io.tallystick.server.store.duckdb;

import io.tallystick.quantity.Exact;
import io.tallystick.usage.FieldValue;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.Measurement.Remarks;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a row keeps as JSON text: remarks, and the fields of a measurement in conflict. Rare, so it may be slow. */
final class RowJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String UNDEFINED = "undefined_field";
    private static final String FAILED = "calculation_error";
    private static final String NUMBERS = "numbers";
    private static final String TEXTS = "texts";

    private RowJson() {}

    /** The values of all slots of a measurement. */
    record Fields(List<Optional<BigDecimal>> numbers, List<Optional<String>> texts) {}

    /** Nothing for no remarks. */
    static Optional<String> remarks(Remarks remarks) {
        if (remarks.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode json = MAPPER.createObjectNode();
        if (!remarks.undefined().isEmpty()) {
            ObjectNode undefined = json.putObject(UNDEFINED);
            remarks.undefined().forEach((field, value) -> {
                switch (value) {
                    case FieldValue.NumberValue(BigDecimal number) -> undefined.put(field, Exact.plain(number));
                    case FieldValue.TextValue(String text) -> undefined.put(field, text);
                }
            });
        }
        if (!remarks.failedCalculations().isEmpty()) {
            ObjectNode failed = json.putObject(FAILED);
            remarks.failedCalculations().forEach(failed::put);
        }
        return Optional.of(MAPPER.writeValueAsString(json));
    }

    static Remarks remarks(Optional<String> json) {
        if (json.isEmpty()) {
            return Remarks.NONE;
        }
        JsonNode root = MAPPER.readTree(json.get());
        Map<String, FieldValue> undefined = new TreeMap<>();
        root.path(UNDEFINED)
                .properties()
                .forEach(field -> undefined.put(
                        field.getKey(),
                        field.getValue().isNumber()
                                ? new FieldValue.NumberValue(
                                        Exact.plain(field.getValue().decimalValue()))
                                : new FieldValue.TextValue(field.getValue().asString())));
        Map<String, String> failed = new TreeMap<>();
        root.path(FAILED)
                .properties()
                .forEach(field -> failed.put(field.getKey(), field.getValue().asString()));
        return new Remarks(undefined, failed);
    }

    static String fields(Measurement measurement) {
        ObjectNode json = MAPPER.createObjectNode();
        ArrayNode numbers = json.putArray(NUMBERS);
        for (int slot = 0; slot < measurement.numberSlots(); slot++) {
            measurement.number(slot).map(Exact::plain).ifPresentOrElse(numbers::add, numbers::addNull);
        }
        ArrayNode texts = json.putArray(TEXTS);
        for (int slot = 0; slot < measurement.textSlots(); slot++) {
            measurement.text(slot).ifPresentOrElse(texts::add, texts::addNull);
        }
        return MAPPER.writeValueAsString(json);
    }

    static Fields fields(String json) {
        JsonNode root = MAPPER.readTree(json);
        List<Optional<BigDecimal>> numbers = new ArrayList<>();
        root.path(NUMBERS)
                .forEach(value -> numbers.add(
                        value.isNull() ? Optional.empty() : Optional.of(Exact.plain(value.decimalValue()))));
        List<Optional<String>> texts = new ArrayList<>();
        root.path(TEXTS).forEach(value -> texts.add(value.isNull() ? Optional.empty() : Optional.of(value.asString())));
        return new Fields(numbers, texts);
    }
}
