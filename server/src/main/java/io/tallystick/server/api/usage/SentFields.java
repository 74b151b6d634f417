package io.tallystick.server.api.usage;

import io.tallystick.catalog.FieldCategory;
import io.tallystick.quantity.Exact;
import io.tallystick.usage.FieldValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one element as they were sent, in their order, at places from 0. Kept in arrays that serve one element
 * after the other: an object per field would be most of what a request leaves for the garbage collector.
 */
final class SentFields {
    /** Fields among which a code is looked for one by one; with more of them an index is made. */
    private static final int FEW = 16;

    private static final int DECIMALS = 6;
    private static final long MILLION = 1_000_000;

    private String[] codes = new String[FEW];
    private FieldCategory[] categories = new FieldCategory[FEW];
    private long[] millionths = new long[FEW];

    /** A text, or a number that millionths cannot hold; nothing where they can. */
    private @Nullable Object[] values = new @Nullable Object[FEW];

    private final Map<String, Integer> index = new HashMap<>();
    private int size;

    void clear() {
        Arrays.fill(values, 0, size, null);
        index.clear();
        size = 0;
    }

    int size() {
        return size;
    }

    /** Where a code stands, or -1. */
    int find(String code) {
        if (size > FEW) {
            return index.getOrDefault(code, -1);
        }
        for (int place = 0; place < size; place++) {
            if (codes[place].equals(code)) {
                return place;
            }
        }
        return -1;
    }

    /** Adds a number in millionths. */
    void add(FieldCategory category, String code, long number) {
        add(category, code);
        millionths[size - 1] = number;
    }

    /** Adds a number that millionths cannot hold. */
    void add(FieldCategory category, String code, BigDecimal number) {
        add(category, code);
        values[size - 1] = number;
    }

    /** Adds a text. */
    void add(FieldCategory category, String code, String text) {
        add(category, code);
        values[size - 1] = text;
    }

    String code(int place) {
        return codes[place];
    }

    FieldCategory category(int place) {
        return categories[place];
    }

    /** Whether {@link #millionths} are all of it. */
    boolean isCompact(int place) {
        return values[place] == null;
    }

    long millionths(int place) {
        return millionths[place];
    }

    FieldValue value(int place) {
        @Nullable Object value = values[place];
        if (value instanceof String text) {
            return new FieldValue.TextValue(text);
        }
        return new FieldValue.NumberValue(
                value instanceof BigDecimal large
                        ? large
                        : Exact.plain(
                                millionths[place] % MILLION == 0
                                        ? BigDecimal.valueOf(millionths[place] / MILLION)
                                        : BigDecimal.valueOf(millionths[place], DECIMALS)));
    }

    private void add(FieldCategory category, String code) {
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, 2 * size);
            categories = Arrays.copyOf(categories, 2 * size);
            millionths = Arrays.copyOf(millionths, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        codes[size] = code;
        categories[size] = category;
        size++;
        if (size == FEW + 1) {
            for (int place = 0; place < size; place++) {
                index.put(codes[place], place);
            }
        } else if (size > FEW) {
            index.put(code, size - 1);
        }
    }
}
