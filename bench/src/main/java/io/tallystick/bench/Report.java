package io.tallystick.bench;

import io.tallystick.bench.measure.Rate;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was measured, as Markdown tables that are readable as they stand: for the terminal and for docs/benchmarks.md. */
final class Report {
    private static final int MIB = 1 << 20;

    private final PrintStream progress;
    private final Map<String, List<Rate>> rates = new LinkedHashMap<>();
    private final List<List<String>> figures = new ArrayList<>();

    /**
     * An empty one.
     *
     * @param progress is told of each figure at once
     */
    Report(PrintStream progress) {
        this.progress = progress;
    }

    /** Says what is being done. */
    void say(String text) {
        progress.println("bench: " + text);
    }

    /** Adds one of the runs that a median is taken of. */
    void rate(String label, Rate rate) {
        rates.computeIfAbsent(label, _ -> new ArrayList<>()).add(rate);
        say("%s: %s".formatted(label, String.join(", ", cells(List.of(rate)))));
    }

    /** Adds a figure. */
    void figure(String label, String value, String goal) {
        figures.add(List.of(label, value, goal));
        say("%s: %s (goal: %s)".formatted(label, value, goal));
    }

    /** Compares two medians, if both were measured. */
    void ratio(String label, String of, String by, String goal) {
        if (rates.containsKey(of) && rates.containsKey(by)) {
            double ratio = (double) median(rates.get(of), Rate::perSecond) / median(rates.get(by), Rate::perSecond);
            figure(label, String.format(Locale.ROOT, "%.2f", ratio), goal);
        }
    }

    /** Compares the medians of the 99th percentiles, if both were measured. */
    void slowness(String label, String of, String by, String goal) {
        if (rates.containsKey(of) && rates.containsKey(by)) {
            double ratio =
                    (double) median(rates.get(of), Report::slowestNanos) / median(rates.get(by), Report::slowestNanos);
            figure(label, String.format(Locale.ROOT, "%.2f", ratio), goal);
        }
    }

    private static long slowestNanos(Rate rate) {
        return rate.slowest().toNanos();
    }

    /** Both tables. */
    String text() {
        StringBuilder text = new StringBuilder();
        if (!rates.isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("intake (medians)", "runs", "events/s", "p50", "p99", "CPU/event", "memory at most"));
            rates.forEach((label, runs) -> {
                List<String> row = new ArrayList<>(List.of(label, String.valueOf(runs.size())));
                row.addAll(cells(runs));
                rows.add(row);
            });
            text.append(table(rows)).append('\n');
        }
        if (!figures.isEmpty()) {
            List<List<String>> rows = new ArrayList<>(List.of(List.of("figure", "measured", "goal")));
            rows.addAll(figures);
            text.append(table(rows));
        }
        return text.toString();
    }

    /** A time for people: milliseconds with one digit after the point. */
    static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    static String mebibytes(long bytes) {
        return bytes == 0 ? "-" : bytes / MIB + " MiB";
    }

    private static List<String> cells(List<Rate> runs) {
        long cpuNanos = median(runs, rate -> Math.round(rate.cpuMicros() * 1_000));
        return List.of(
                String.format(Locale.ROOT, "%,d", median(runs, Rate::perSecond)),
                millis(Duration.ofNanos(median(runs, rate -> rate.median().toNanos()))),
                millis(Duration.ofNanos(median(runs, Report::slowestNanos))),
                String.format(Locale.ROOT, "%.2f µs", cpuNanos / 1e3),
                mebibytes(median(runs, Rate::peakBytes)));
    }

    private static long median(List<Rate> runs, ToLongFunction<Rate> of) {
        long[] sorted = runs.stream().mapToLong(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static String table(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        List<Integer> widths = IntStream.range(0, columns)
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        List<String> lines = rows.stream()
                .map(row -> IntStream.range(0, columns)
                        .mapToObj(column -> row.get(column)
                                + " "
                                        .repeat(widths.get(column)
                                                - row.get(column).length()))
                        .collect(Collectors.joining(" | ", "| ", " |\n")))
                .collect(Collectors.toCollection(ArrayList::new));
        lines.add(1, widths.stream().map("-"::repeat).collect(Collectors.joining(" | ", "| ", " |\n")));
        return String.join("", lines);
    }
}
