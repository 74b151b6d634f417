package io.tallystick.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A source file, as the compiler's own parser sees it.
 *
 * @param path relative to the root of the repository, with slashes
 */
record Source(String path, String text, CompilationUnitTree tree, SourcePositions positions) {
    /** Every source file of the three modules but the planted faults, which break the rules on purpose. */
    static List<Source> ofHouse(Path repository) throws IOException {
        List<JavaFileObject> files = new ArrayList<>();
        for (String module : List.of("core", "server", "cli", "bench")) {
            try (Stream<Path> found = Files.walk(repository.resolve(module).resolve("src"))) {
                for (Path file : found.filter(path -> path.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    String path = repository.relativize(file).toString().replace('\\', '/');
                    if (!path.contains("/planted/")) {
                        files.add(new Text(path, Files.readString(file)));
                    }
                }
            }
        }
        return parsed(files);
    }

    /** One planted source. */
    static Source of(String path, String text) throws IOException {
        return parsed(List.of(new Text(path, text))).getFirst();
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }

    String module() {
        return path.substring(0, path.indexOf('/'));
    }

    /** Name of the package. */
    String packageName() {
        return tree.getPackageName() == null ? "" : tree.getPackageName().toString();
    }

    /** Name of the file without directories. */
    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    int line(long position) {
        return Math.toIntExact(tree.getLineMap().getLineNumber(position));
    }

    /** Lines from the first to the last character of a tree; comments before it do not count. */
    int lines(Tree part) {
        return line(positions.getEndPosition(tree, part)) - line(positions.getStartPosition(tree, part)) + 1;
    }

    String at(Tree part) {
        return path + ":" + line(positions.getStartPosition(tree, part));
    }

    private static List<Source> parsed(List<JavaFileObject> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            if (!(compiler.getTask(null, manager, null, List.of("-proc:none"), null, files)
                    instanceof JavacTask task)) {
                throw new IllegalStateException("Expected the JDK's own compiler, but it is another one.");
            }
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<Source> sources = new ArrayList<>();
            Iterator<JavaFileObject> file = files.iterator();
            for (CompilationUnitTree tree : task.parse()) {
                Text text = (Text) file.next();
                sources.add(new Source(text.path, text.text, tree, positions));
            }
            return sources;
        }
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String path;
        private final String text;

        Text(String path, String text) {
            super(URI.create("string:///" + path), Kind.SOURCE);
            this.path = path;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
