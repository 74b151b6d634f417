package io.tallystick.house;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What only the sources show: sizes, and what tests and suppressions must not do. */
final class SourceRules {
    static final int FILE_LINES_MAX = 500;
    static final int METHOD_LINES_MAX = 50;
    static final int ROOM_FILES_MAX = 25;
    static final int CONSTRUCTOR_PARAMETERS_MAX = 6;

    private static final Pattern SKIPS = Pattern.compile("(Disabled|Enabled|Ignore).*");
    private static final Set<String> SLEEPS_AND_SKIPS =
            Set.of("sleep", "parkNanos", "assumeTrue", "assumeFalse", "assumeThat", "assumingThat", "abort");

    private SourceRules() {}

    static List<Fault> fileLines(List<Source> sources) {
        List<Fault> faults = new ArrayList<>();
        for (Source source : sources) {
            long lines = source.text().lines().count();
            if (lines > FILE_LINES_MAX) {
                faults.add(tooLarge("file-lines", source.path(), lines, "lines", FILE_LINES_MAX));
            }
        }
        return faults;
    }

    static List<Fault> methodLines(List<Source> sources) {
        List<Fault> faults = new ArrayList<>();
        sources.forEach(file -> new TreeScanner<Void, Source>() {
            @Override
            public Void visitMethod(MethodTree method, Source source) {
                int lines = source.lines(method);
                if (lines > METHOD_LINES_MAX) {
                    faults.add(tooLarge(
                            "method-lines", source.path() + "#" + method.getName(), lines, "lines", METHOD_LINES_MAX));
                }
                return super.visitMethod(method, source);
            }
        }.scan(file.tree(), file));
        return faults;
    }

    /** Files of main code directly in a package, its package-info aside. */
    static List<Fault> roomFiles(List<Source> sources) {
        Map<String, Long> files = sources.stream()
                .filter(source -> !source.isTest() && !source.fileName().equals("package-info.java"))
                .collect(Collectors.groupingBy(Source::packageName, TreeMap::new, Collectors.counting()));
        List<Fault> faults = new ArrayList<>();
        files.forEach((room, count) -> {
            if (count > ROOM_FILES_MAX) {
                faults.add(tooLarge("room-files", room, count, "files", ROOM_FILES_MAX));
            }
        });
        return faults;
    }

    /** Records are data and may have as many components as the data has; everything else has few collaborators. */
    static List<Fault> constructorParameters(List<Source> sources) {
        List<Fault> faults = new ArrayList<>();
        sources.forEach(source -> new TreeScanner<Void, Boolean>() {
            @Override
            public Void visitClass(ClassTree type, Boolean isRecord) {
                return super.visitClass(type, type.getKind() == Tree.Kind.RECORD);
            }

            @Override
            public Void visitMethod(MethodTree method, Boolean isRecord) {
                int parameters = method.getParameters().size();
                if (!isRecord && method.getName().contentEquals("<init>") && parameters > CONSTRUCTOR_PARAMETERS_MAX) {
                    faults.add(tooLarge(
                            "constructor-parameters",
                            source.path(),
                            parameters,
                            "parameters of its constructor",
                            CONSTRUCTOR_PARAMETERS_MAX));
                }
                return super.visitMethod(method, isRecord);
            }
        }.scan(source.tree(), false));
        return faults;
    }

    /** A test runs always, and waits for conditions. */
    static List<Fault> sleepingOrSkippedTests(List<Source> sources) {
        List<Fault> faults = new ArrayList<>();
        sources.stream()
                .filter(Source::isTest)
                .forEach(file -> new TreeScanner<Void, Source>() {
                    @Override
                    public Void visitAnnotation(AnnotationTree annotation, Source source) {
                        String name = annotation.getAnnotationType().toString();
                        if (SKIPS.matcher(name.substring(name.lastIndexOf('.') + 1))
                                .matches()) {
                            add(annotation, "@" + name);
                        }
                        return super.visitAnnotation(annotation, source);
                    }

                    @Override
                    public Void visitMethodInvocation(MethodInvocationTree call, Source source) {
                        String name = call.getMethodSelect() instanceof MemberSelectTree select
                                ? select.getIdentifier().toString()
                                : call.getMethodSelect().toString();
                        if (SLEEPS_AND_SKIPS.contains(name)) {
                            add(call, call.getMethodSelect().toString());
                        }
                        return super.visitMethodInvocation(call, source);
                    }

                    private void add(Tree part, String what) {
                        faults.add(new Fault(
                                "tests",
                                file.at(part),
                                "Expected a test that always runs and waits for conditions, but it uses %s. Fix or delete it; wait with Awaitility or a latch; hand in a clock."
                                        .formatted(what)));
                    }
                }.scan(file.tree(), file));
        return faults;
    }

    /** A suppression says why on its own line. */
    static List<Fault> suppressionsWithoutReason(List<Source> sources) {
        List<Fault> faults = new ArrayList<>();
        sources.forEach(file -> new TreeScanner<Void, Source>() {
            @Override
            public Void visitAnnotation(AnnotationTree annotation, Source source) {
                if (annotation.getAnnotationType().toString().endsWith("SuppressWarnings")) {
                    int end = Math.toIntExact(source.positions().getEndPosition(source.tree(), annotation));
                    String rest =
                            source.text().substring(end).lines().findFirst().orElse("");
                    if (!rest.matches("\\s*// \\S.*")) {
                        faults.add(new Fault(
                                "suppressions",
                                source.at(annotation),
                                "Expected `// reason` after the suppression, but there is \"%s\". Say why, or mend it."
                                        .formatted(rest)));
                    }
                }
                return super.visitAnnotation(annotation, source);
            }
        }.scan(file.tree(), file));
        return faults;
    }

    /** A room explains itself. */
    static List<Fault> unexplainedRooms(List<Source> sources) {
        List<Fault> faults = new ArrayList<>();
        for (Source source : sources) {
            if (!source.isTest()
                    && source.fileName().equals("package-info.java")
                    && !source.packageName().equals("io.tallystick.room")) {
                List<String> missing = List.of("Owns: ", "Does not own: ", "Doors: ", "Invariant").stream()
                        .filter(word ->
                                !source.text().replaceAll("\\s*\\n ?\\* ?", " ").contains(word))
                        .toList();
                if (!missing.isEmpty()) {
                    faults.add(new Fault(
                            "explanations",
                            source.packageName(),
                            "Expected a package-info that says what the room owns, what not, its doors and invariants, but %s is missing."
                                    .formatted(missing)));
                }
            }
        }
        return faults;
    }

    private static Fault tooLarge(String rule, String subject, long size, String what, int max) {
        return new Fault(
                rule,
                subject + " " + size,
                "Expected %s to have at most %d %s, but it has %d. Find the concept in it that can stand alone."
                        .formatted(subject, max, what, size));
    }
}
