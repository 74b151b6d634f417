package io.tallystick.server.faults;

import io.tallystick.server.proof.Client;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All measurements that counted at a time, which has to be told in the same way for ever.
 *
 * @param watermark of that time
 * @param rows how often each
 */
record History(String watermark, Map<Row, Integer> rows) {
    static History of(Client client) {
        String watermark = client.ask(
                        Map.of("startDate", "2024-01-01T00:00:00Z", "endDate", "2024-01-02T00:00:00Z", "explain", true))
                .get("explain")
                .get("watermark")
                .stringValue();
        return new History(watermark, counted(Question.measurements(client, Map.of("watermark", watermark))));
    }

    /** Asks again. */
    void isWhatItWas(Client client) {
        Map<Row, Integer> now = counted(Question.measurements(client, Map.of("watermark", watermark)));
        if (!now.equals(rows)) {
            Findings findings = new Findings();
            rows.forEach((row, count) -> {
                if (!count.equals(now.get(row))) {
                    findings.add("as of watermark %s: expected %d times, but it is not: %s"
                            .formatted(watermark, count, row));
                }
            });
            now.keySet().stream()
                    .filter(row -> !rows.containsKey(row))
                    .forEach(row -> findings.add("as of watermark %s: expected what counted then, but there is %s"
                            .formatted(watermark, row)));
            findings.throwIfAny();
        }
    }

    private static Map<Row, Integer> counted(List<Row> rows) {
        Map<Row, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        return counts;
    }
}
