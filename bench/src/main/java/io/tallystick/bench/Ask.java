package io.tallystick.bench;

import io.tallystick.bench.event.Events;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Usage queries as they stand in a body. */
final class Ask {
    static final Map<String, Object> BY_ACCOUNT = Map.of("groupType", "ACCOUNT");

    private Ask() {}

    /** Over the month that all events are in. */
    static Map<String, Object> of(List<Map<String, Object>> aggregations, List<Map<String, Object>> groups, int limit) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("startDate", Events.FROM.toString());
        question.put("endDate", Events.TO.toString());
        question.put("aggregations", aggregations);
        question.put("groups", groups);
        question.put("limit", limit);
        return question;
    }

    static Map<String, Object> count(String meter) {
        return aggregation(meter, "memory", "MEASURE", "COUNT");
    }

    static Map<String, Object> sum(String meter, String field) {
        return aggregation(meter, field, "MEASURE", "SUM");
    }

    static Map<String, Object> distinct(String meter, String field) {
        return aggregation(meter, field, "DIMENSION", "UNIQUE");
    }

    static Map<String, Object> byTime(String frequency) {
        return Map.of("groupType", "TIME", "frequency", frequency);
    }

    static Map<String, Object> byField(String meter, String field) {
        return Map.of("groupType", "DIMENSION", "meterId", meter, "fieldCode", field);
    }

    private static Map<String, Object> aggregation(String meter, String field, String type, String function) {
        return Map.of("meterId", meter, "fieldCode", field, "fieldType", type, "function", function);
    }
}
