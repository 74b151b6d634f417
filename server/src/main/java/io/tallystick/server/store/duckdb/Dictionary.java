package io.tallystick.server.store.duckdb;

import io.tallystick.text.TextNumbers;
import io.tallystick.usage.Identified;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.UsageStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Every text of a row and the number that stands for it at rest, from 1. One for all meters and organizations: a text is
 * only ever reached through the rows that carry it.
 *
 * <p>The writer gives numbers; anybody may ask for one.
 */
final class Dictionary {
    private final TextNumbers codes = new TextNumbers(new SecureRandom().nextLong());
    private final List<Entry> unwritten = new ArrayList<>();
    private int last;

    record Entry(int code, String text) {}

    /**
     * The numbers of a measurement's texts, looked up on the thread of its request.
     *
     * @param dictionary whose numbers they are: after a failed commit another one may give the same numbers to other texts
     * @param bySlot {@link TextNumbers#NONE} where the slot is empty, or its text had no number yet
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Codes(Dictionary dictionary, int[] bySlot) implements UsageStore.Encoded {}

    /** What is known of the texts of a measurement now. */
    Codes codes(Measurement measurement) {
        int[] bySlot = new int[measurement.textSlots()];
        for (int slot = 0; slot < bySlot.length; slot++) {
            bySlot[slot] = measurement.text(slot).map(codes::get).orElse(TextNumbers.NONE);
        }
        return new Codes(this, bySlot);
    }

    /** The number of a measurement's text in a slot, which has one; a new number if it has none yet. For the writer. */
    int code(Identified identified, int slot, String text) {
        int known = identified.encoded() instanceof Codes(Dictionary given, int[] bySlot) && given == this
                ? bySlot[slot]
                : TextNumbers.NONE;
        return known == TextNumbers.NONE ? code(text) : known;
    }

    /** One that is on disk already. */
    void load(int code, String text) {
        codes.putIfAbsent(text, code);
        last = Math.max(last, code);
    }

    /** The number of a text, a new one if it has none yet. For the writer. */
    int code(String text) {
        int known = codes.get(text);
        if (known != TextNumbers.NONE) {
            return known;
        }
        last = Math.addExact(last, 1);
        codes.putIfAbsent(text, last);
        unwritten.add(new Entry(last, text));
        return last;
    }

    /** The number of a text that some row may carry. */
    OptionalInt known(String text) {
        int code = codes.get(text);
        return code == TextNumbers.NONE ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /** What was given since the last call. For the writer, once in each transaction. */
    List<Entry> takeUnwritten() {
        List<Entry> taken = List.copyOf(unwritten);
        unwritten.clear();
        return taken;
    }
}
