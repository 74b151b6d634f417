package io.tallystick.house;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The picture of the rooms in ARCHITECTURE.md: one mermaid graph whose arrows {@code room --> door} are the imports. A
 * room with several doors may have them on one line, joined by {@code &}.
 */
final class Picture {
    private static final Pattern GRAPH = Pattern.compile("```mermaid\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern ARROWS = Pattern.compile("^\\s*([\\w.]+) --> ([\\w. &]+?)\\s*$", Pattern.MULTILINE);

    private Picture() {}

    /** The arrows drawn in a page. */
    static SortedSet<String> drawn(String page) {
        List<String> graphs =
                GRAPH.matcher(page).results().map(found -> found.group(1)).toList();
        if (graphs.size() != 1) {
            throw new IllegalStateException(
                    "Expected one mermaid graph in ARCHITECTURE.md, but there are %d.".formatted(graphs.size()));
        }
        SortedSet<String> arrows = new TreeSet<>();
        Matcher found = ARROWS.matcher(graphs.getFirst());
        while (found.find()) {
            for (String door : found.group(2).split("&", -1)) {
                arrows.add(found.group(1) + " --> " + door.strip());
            }
        }
        return arrows;
    }

    /** The arrows that the annotations say. */
    static SortedSet<String> of(Map<String, List<String>> doors) {
        return doors.entrySet().stream()
                .flatMap(room -> room.getValue().stream().map(door -> room.getKey() + " --> " + door))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The lines that draw these doors. */
    static String drawing(Map<String, List<String>> doors) {
        return doors.entrySet().stream()
                .filter(room -> !room.getValue().isEmpty())
                .map(room -> "    " + room.getKey() + " --> " + String.join(" & ", room.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
