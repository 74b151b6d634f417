package io.tallystick.server.metrics;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Metrics as Prometheus reads them. Source: Prometheus, "Exposition formats", text format 0.0.4. All samples of a name
 * stand together below its {@link #family}.
 */
public final class Exposition {
    /** Of the answer that carries it. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final int NANO_DIGITS = 9;
    private final StringBuilder text = new StringBuilder();

    /** What kind of number a metric is. */
    public enum Type {
        COUNTER("counter"),
        GAUGE("gauge"),
        HISTOGRAM("histogram"),
        SUMMARY("summary");

        private final String word;

        Type(String word) {
            this.word = word;
        }
    }

    /** Begins a metric. */
    public Exposition family(String name, Type type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type.word).append('\n');
        return this;
    }

    public Exposition sample(String name, Map<String, String> labels, long value) {
        return sample(name, labels, BigDecimal.valueOf(value));
    }

    /** A duration, in seconds as all of them. */
    public Exposition seconds(String name, Map<String, String> labels, long nanos) {
        return sample(name, labels, BigDecimal.valueOf(nanos, NANO_DIGITS));
    }

    public Exposition sample(String name, Map<String, String> labels, BigDecimal value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append(labels.entrySet().stream()
                    .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                    .collect(Collectors.joining(",", "{", "}")));
        }
        text.append(' ').append(plain(value)).append('\n');
        return this;
    }

    /** The samples of a histogram: buckets that each count all below their bound, sum and count. */
    public Exposition histogram(String name, Map<String, String> labels, Histogram histogram) {
        long[] counts = histogram.counts();
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count += counts[i];
            Map<String, String> bounded = new LinkedHashMap<>(labels);
            bounded.put(
                    "le",
                    i == counts.length - 1 ? "+Inf" : plain(BigDecimal.valueOf(Histogram.boundNanos(i), NANO_DIGITS)));
            sample(name + "_bucket", bounded, count);
        }
        return seconds(name + "_sum", labels, histogram.sumNanos()).sample(name + "_count", labels, count);
    }

    public String text() {
        return text.toString();
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
