package io.tallystick.server.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A case in a text file: a heading, what is given, and the bills that come of it.
 *
 * <pre>
 * 620 GB in two tiers
 *
 * meter         storage gb
 * aggregation   stored SUM gb
 * pricing       stored 0:0.15 500:0.10 cumulative=true
 * measurement   acme 2024-12-05T10:00:00Z gb=620
 * billjob       2025-01-01
 *
 * ---
 * acme, 2024-12-01 to 2025-01-01, due 2025-01-31, USD
 * USAGE | stored | ...
 * </pre>
 *
 * @param heading what the case shows
 * @param given one step a line, those that begin with # left out, as {@link Stage} understands them
 * @param expected the bills as {@link PrintedBill} prints them
 */
record GoldenBill(Path file, String heading, List<Step> given, String expected) {
    private static final String DIVIDER = "\n---\n";
    private static final Pattern WORD = Pattern.compile("([^\\s\"=]+=)?\"([^\"]*)\"|(\\S+)");

    /**
     * A line of what is given.
     *
     * @param verb what kind of step
     * @param words the rest, split at spaces; "a text in quotes" and key="one too" are one word without the quotes
     */
    record Step(int line, String verb, List<String> words) {}

    static GoldenBill read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int divider = text.indexOf(DIVIDER);
        if (divider < 0) {
            throw new IllegalArgumentException(
                    "Expected %s to have a line --- between what is given and the bills, but it has none."
                            .formatted(file.getFileName()));
        }
        List<String> lines = text.substring(0, divider).lines().toList();
        List<Step> steps = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> words = words(lines.get(i));
            if (!words.isEmpty() && !words.getFirst().startsWith("#")) {
                steps.add(new Step(i + 1, words.getFirst(), words.subList(1, words.size())));
            }
        }
        return new GoldenBill(file, lines.getFirst(), List.copyOf(steps), text.substring(divider + DIVIDER.length()));
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            String key = word.group(1) == null ? "" : word.group(1);
            words.add(word.group(3) == null ? key + word.group(2) : word.group(3));
        }
        return words;
    }

    /** The same case with other bills, for somebody who has reckoned that they are right. */
    void write(String bills) {
        try {
            String text = Files.readString(file);
            Files.writeString(file, text.substring(0, text.indexOf(DIVIDER) + DIVIDER.length()) + bills);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file.getName(file.getNameCount() - 2) + "/" + file.getFileName() + ": " + heading;
    }
}
