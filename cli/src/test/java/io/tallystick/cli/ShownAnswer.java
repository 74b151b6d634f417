package io.tallystick.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds answers as a page shows them against real ones. {@code ...} is what the page leaves open: as a text, any value;
 * within a text, any part of it; as a member {@code "...": "..."}, members that are not shown.
 */
final class ShownAnswer {
    private static final String OPEN = "...";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final String page;
    private final int firstLine;
    private final JsonParser parser;
    private final List<String> differences = new ArrayList<>();

    private ShownAnswer(String page, DocsPage.Shown shown) {
        this.page = page;
        this.firstLine = shown.firstLine();
        this.parser = JSON.createParser(shown.answers());
    }

    /**
     * What differs, each difference with its page and line.
     *
     * @param shown below one block of shell
     * @param output what the block printed; the last answers in it are those that are shown
     */
    static List<String> differences(String page, List<DocsPage.Shown> shown, String output) {
        List<JsonNode> left = shown.isEmpty() ? List.of() : answers(output);
        List<String> differences = new ArrayList<>();
        for (DocsPage.Shown last : shown.reversed()) {
            int count = answers(last.answers()).size();
            if (left.size() < count) {
                return List.of("%s:%d: Expected %d answers, but there are %d: %s"
                        .formatted(page, last.firstLine(), count, left.size(), output));
            }
            int first = left.size() - count;
            differences.addAll(0, new ShownAnswer(page, last).compared(left.subList(first, left.size())));
            left = left.subList(0, first);
        }
        return differences;
    }

    private static List<JsonNode> answers(String text) {
        return JSON.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll();
    }

    private List<String> compared(List<JsonNode> answers) {
        try (parser) {
            for (JsonNode answer : answers) {
                parser.nextToken();
                compare("the answer", answer);
            }
        }
        return differences;
    }

    /** Compares the value that begins at the parser's token, and leaves the parser at the value's last token. */
    private void compare(String path, JsonNode real) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT && real.isObject()) {
            compareMembers(path, real);
        } else if (token == JsonToken.START_ARRAY && real.isArray()) {
            compareElements(path, real);
        } else {
            int line = line();
            JsonNode shown = parser.readValueAsTree();
            if (!matches(shown, real)) {
                differs(line, "%s to be %s, but it is %s".formatted(path, shown, real));
            }
        }
    }

    private void compareMembers(String path, JsonNode real) {
        int line = line();
        Set<String> left = new HashSet<>(real.propertyNames());
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals(OPEN)) {
                left.clear();
            } else if (real.has(name)) {
                left.remove(name);
                compare(path + "." + name, real.get(name));
            } else {
                differs(line(), "%s.%s, but there is none in %s".formatted(path, name, real));
                parser.skipChildren();
            }
        }
        for (String name : left) {
            differs(line, "no %s.%s, but it is %s".formatted(path, name, real.get(name)));
        }
    }

    private void compareElements(String path, JsonNode real) {
        int line = line();
        int shown = 0;
        for (; parser.nextToken() != JsonToken.END_ARRAY; shown++) {
            if (shown < real.size()) {
                compare("%s[%d]".formatted(path, shown), real.get(shown));
            } else {
                parser.skipChildren();
            }
        }
        if (shown != real.size()) {
            differs(line, "%s to have %d elements, but it has %d: %s".formatted(path, shown, real.size(), real));
        }
    }

    private static boolean matches(JsonNode shown, JsonNode real) {
        if (shown.isNumber() && real.isNumber()) {
            return shown.decimalValue().compareTo(real.decimalValue()) == 0;
        }
        if (!shown.isString()) {
            return shown.equals(real);
        }
        String text = shown.stringValue();
        return text.equals(OPEN)
                || (real.isString() && pattern(text).matcher(real.stringValue()).matches());
    }

    private static Pattern pattern(String shown) {
        return Pattern.compile(Arrays.stream(shown.split(Pattern.quote(OPEN), -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    }

    private int line() {
        return firstLine - 1 + parser.currentTokenLocation().getLineNr();
    }

    private void differs(int line, String expected) {
        differences.add("%s:%d: Expected %s.".formatted(page, line, expected));
    }
}
