package io.tallystick.server.settings;

import static java.util.Comparator.naturalOrder;

import java.util.Collection;
import java.util.Comparator;

/** Finds the known name that somebody who misspelled or shortened one most likely meant. */
final class NearestName {
    /** A wrong character weighs as much as this many characters that are merely missing at the end. */
    private static final int WEIGHT_OF_AN_EDIT = 4;

    private NearestName() {}

    /** The nearest name; of several that are equally near, the first in alphabetical order. */
    static String to(String misspelled, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(misspelled, name))
                        .thenComparing(naturalOrder()))
                .orElseThrow(() -> new IllegalStateException("Expected known names, but there are none"));
    }

    /**
     * The edit distance (Levenshtein: characters to insert, delete or replace) to the best beginning of a name, weighed,
     * plus the characters after that beginning: {@code usage.memry} is 4 + 6 from {@code usage.memory-limit}.
     */
    private static int distance(String misspelled, String name) {
        int[] above = new int[name.length() + 1];
        for (int column = 0; column <= name.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= misspelled.length(); row++) {
            int[] current = new int[name.length() + 1];
            current[0] = row;
            for (int column = 1; column <= name.length(); column++) {
                int replaced = above[column - 1] + (misspelled.charAt(row - 1) == name.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
            }
            above = current;
        }
        int best = Integer.MAX_VALUE;
        for (int column = 0; column <= name.length(); column++) {
            best = Math.min(best, WEIGHT_OF_AN_EDIT * above[column] + name.length() - column);
        }
        return best;
    }
}
