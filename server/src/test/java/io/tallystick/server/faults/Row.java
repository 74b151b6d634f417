package io.tallystick.server.faults;

import static java.util.stream.Collectors.joining;

import io.tallystick.server.proof.Metered;
import io.tallystick.server.proof.Sample;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * One measurement that counts, as a text that can be compared and read.
 *
 * @param content everything but the uid
 */
record Row(Optional<String> uid, String content) {
    static Row of(Metered meter, Sample sample) {
        Map<String, String> fields = new TreeMap<>(sample.texts());
        meter.numbers()
                .forEach(field -> meter.value(field, sample).ifPresent(value -> fields.put(field, digits(value))));
        return row(sample.uid(), sample.meter(), sample.account(), sample.at().toString(), fields);
    }

    /** What a usage query without aggregations shows. */
    static Row of(JsonNode shown) {
        Map<String, String> fields = new TreeMap<>();
        shown.path("what").forEachEntry((code, text) -> fields.put(code, text.stringValue()));
        shown.path("measure").forEachEntry((code, number) -> fields.put(code, digits(number.decimalValue())));
        return row(
                shown.path("uid").stringValueOpt(),
                shown.get("meter").stringValue(),
                shown.get("account").stringValue(),
                shown.get("ts").stringValue(),
                fields);
    }

    private static Row row(
            Optional<String> uid, String meter, String account, String time, Map<String, String> fields) {
        return new Row(
                uid,
                fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(joining(", ", "%s of %s at %s: ".formatted(meter, account, time), "")));
    }

    private static String digits(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
