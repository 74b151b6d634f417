package io.tallystick.server.store.duckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every text of a row and the number that stands for it at rest, from 1. One for all meters and organizations: a text is
 * only ever reached through the rows that carry it.
 *
 * <p>The writer gives numbers; anybody may ask for one.
 */
final class Dictionary {
    private final Map<String, Integer> codes = new ConcurrentHashMap<>();
    private final List<Entry> unwritten = new ArrayList<>();
    private int last;

    record Entry(int code, String text) {}

    /** One that is on disk already. */
    void load(int code, String text) {
        codes.put(text, code);
        last = Math.max(last, code);
    }

    /** The number of a text, a new one if it has none yet. For the writer. */
    int code(String text) {
        @Nullable Integer known = codes.get(text);
        if (known != null) {
            return known;
        }
        last = Math.addExact(last, 1);
        codes.put(text, last);
        unwritten.add(new Entry(last, text));
        return last;
    }

    /** The number of a text that some row may carry. */
    OptionalInt known(String text) {
        @Nullable Integer code = codes.get(text);
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /** What was given since the last call. For the writer, once in each transaction. */
    List<Entry> takeUnwritten() {
        List<Entry> taken = List.copyOf(unwritten);
        unwritten.clear();
        return taken;
    }
}
