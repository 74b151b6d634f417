package io.tallystick.usage;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept with a measurement besides its fields; nearly always nothing.
 *
 * @param undefined what was sent in fields that the meter did not define, by the field's key on the wire: usable when
 *     the field is added
 * @param failedCalculations derived fields that could not be computed, by field code, each with the reason
 */
public record Remarks(Map<String, FieldValue> undefined, Map<String, String> failedCalculations) {
    public static final Remarks NONE = new Remarks(Map.of(), Map.of());

    public Remarks {
        undefined = Collections.unmodifiableMap(new TreeMap<>(undefined));
        failedCalculations = Collections.unmodifiableMap(new TreeMap<>(failedCalculations));
    }

    public boolean isEmpty() {
        return undefined.isEmpty() && failedCalculations.isEmpty();
    }
}
