package io.tallystick.server.faults;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What differs between what must be and what is. */
final class Findings {
    private static final int TOLD_MAX = 12;

    private final List<String> found = new ArrayList<>();

    void add(String text) {
        found.add(text);
    }

    /** Holds two tables against each other, number by number. */
    void compare(Question question, Question.Table expected, Question.Table got) {
        Map<String, Map<String, BigDecimal>> all = new TreeMap<>(expected.cells());
        all.putAll(got.cells());
        for (String place : all.keySet()) {
            Map<String, BigDecimal> wanted = expected.cells().getOrDefault(place, Map.of());
            Map<String, BigDecimal> shown = got.cells().getOrDefault(place, Map.of());
            Set<String> columns = new TreeSet<>(wanted.keySet());
            columns.addAll(shown.keySet());
            columns.stream()
                    .filter(column -> !text(wanted, column).equals(text(shown, column)))
                    .forEach(column -> add("%s%s of %s: expected %s, but got %s"
                            .formatted(
                                    place,
                                    column,
                                    question.meter().code(),
                                    text(wanted, column),
                                    text(shown, column))));
        }
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new AssertionError("Expected no difference, but there are %d:%n  %s"
                    .formatted(
                            found.size(),
                            String.join(
                                    System.lineSeparator() + "  ",
                                    found.subList(0, Math.min(found.size(), TOLD_MAX)))));
        }
    }

    private static String text(Map<String, BigDecimal> values, String column) {
        BigDecimal value = values.get(column);
        return value == null ? "nothing" : value.toPlainString();
    }
}
