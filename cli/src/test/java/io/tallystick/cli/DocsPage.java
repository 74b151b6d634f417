package io.tallystick.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A page of docs/ that a reader pastes into a terminal: blocks of {@code sh}, and below a block, as {@code json}, the last
 * answers that it prints.
 *
 * @param name its path as it is shown to people
 * @param lines its text
 */
record DocsPage(String name, List<String> lines) {
    private static final String END_OF_BLOCK = "\u001e";

    DocsPage {
        lines = List.copyOf(lines);
    }

    /** A block of the page, between its fences. */
    private record Block(String language, int firstLine, List<String> lines) {}

    /** Answers as the page shows them; {@code firstLine} is where in the page their text begins. */
    record Shown(int firstLine, String answers) {}

    /** Reads a page of docs/. */
    static DocsPage read(String file) throws IOException {
        return new DocsPage("docs/" + file, Files.readAllLines(Path.of("..", "docs", file)));
    }

    /**
     * All its shell, each line where the page has it, so that the shell's own messages name the page's lines.
     *
     * @param before what comes first, without a line end: it takes the place of the title
     */
    String script(String before) {
        List<String> script = new ArrayList<>(
                IntStream.range(0, lines.size()).mapToObj(_ -> "").toList());
        script.set(0, before);
        for (Block block : blocks()) {
            if (block.language.equals("sh")) {
                for (int i = 0; i < block.lines.size(); i++) {
                    script.set(block.firstLine - 1 + i, block.lines.get(i));
                }
                script.set(block.firstLine - 1 + block.lines.size(), "printf '\\036'");
            }
        }
        return String.join("\n", script) + "\n";
    }

    /** What each block of a script printed. */
    static List<String> outputs(String ofScript) {
        List<String> outputs = List.of(ofScript.split(END_OF_BLOCK, -1));
        return outputs.subList(0, outputs.size() - 1);
    }

    /** What is shown below each block of shell, nothing where nothing is. */
    List<List<Shown>> shown() {
        List<List<Shown>> shown = new ArrayList<>();
        for (Block block : blocks()) {
            switch (block.language) {
                case "sh" -> shown.add(new ArrayList<>());
                case "json" -> {
                    if (shown.isEmpty()) {
                        throw new IllegalStateException("Expected shell above the answer at %s:%d, but there is none."
                                .formatted(name, block.firstLine));
                    }
                    shown.getLast().add(new Shown(block.firstLine, String.join("\n", block.lines)));
                }
                default ->
                    throw new IllegalStateException("Expected a block of sh or json at %s:%d, but it is of '%s'."
                            .formatted(name, block.firstLine, block.language));
            }
        }
        return shown;
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                int end = IntStream.range(i + 1, lines.size())
                        .filter(line -> lines.get(line).equals("```"))
                        .findFirst()
                        .orElseThrow();
                blocks.add(new Block(lines.get(i).substring(3), i + 2, lines.subList(i + 1, end)));
                i = end;
            }
        }
        return blocks;
    }
}
