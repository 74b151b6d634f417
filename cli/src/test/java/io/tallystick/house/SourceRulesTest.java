package io.tallystick.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule over sources lets the largest size through and refuses the next one. */
final class SourceRulesTest {
    @Test
    void findsAFileOf501Lines() throws IOException {
        assertThat(SourceRules.fileLines(List.of(main("A", "class A {\n" + "\n".repeat(496) + "}\n"))))
                .isEmpty();
        assertThat(subjects(SourceRules.fileLines(List.of(main("A", "class A {\n" + "\n".repeat(497) + "}\n")))))
                .containsExactly("core/src/main/java/io/tallystick/rating/A.java 501");
    }

    @Test
    void findsAMethodOf51Lines() throws IOException {
        assertThat(SourceRules.methodLines(List.of(methodOf(50)))).isEmpty();
        assertThat(subjects(SourceRules.methodLines(List.of(methodOf(51)))))
                .containsExactly("core/src/main/java/io/tallystick/rating/A.java#rate 51");
    }

    @Test
    void findsARoomOf26Files() throws IOException {
        List<Source> room = new ArrayList<>();
        room.add(main("package-info", ""));
        room.add(Source.of("core/src/test/java/io/tallystick/rating/ATest.java", "package io.tallystick.rating;"));
        for (int i = 1; i <= 25; i++) {
            room.add(main("A" + i, "class A" + i + " {}"));
        }
        assertThat(SourceRules.roomFiles(room)).isEmpty();

        room.add(main("A26", "class A26 {}"));
        assertThat(subjects(SourceRules.roomFiles(room))).containsExactly("io.tallystick.rating 26");
    }

    @Test
    void findsAConstructorOfSevenParametersUnlessItIsARecords() throws IOException {
        assertThat(SourceRules.constructorParameters(List.of(
                        main("A", "class A { A(int a, int b, int c, int d, int e, int f) {} }"),
                        main("B", "record B(int a, int b, int c, int d, int e, int f, int g) { B {} }"))))
                .isEmpty();
        assertThat(
                        subjects(
                                SourceRules.constructorParameters(
                                        List.of(
                                                main(
                                                        "A",
                                                        "record A() { static class Inner { Inner(int a, int b, int c, int d, int e, int f, int g) {} } }")))))
                .containsExactly("core/src/main/java/io/tallystick/rating/A.java 7");
    }

    @Test
    void findsTestsThatSleepOrAreSkipped() throws IOException {
        Source faulty = Source.of(
                "core/src/test/java/io/tallystick/rating/ATest.java",
                """
                package io.tallystick.rating;

                @Disabled
                class ATest {
                    @org.junit.jupiter.api.condition.EnabledOnOs(LINUX)
                    void rates() throws Exception {
                        Thread.sleep(100);
                        TimeUnit.SECONDS.sleep(1);
                        assumeTrue(isLinux());
                    }

                    void asleep() {
                        wake();
                    }
                }
                """);
        Source edge = main("A", "class A { void wait() { Thread.sleep(100); } }");

        assertThat(subjects(SourceRules.sleepingOrSkippedTests(List.of(faulty, edge))))
                .containsExactly(
                        faulty.path() + ":3",
                        faulty.path() + ":5",
                        faulty.path() + ":7",
                        faulty.path() + ":8",
                        faulty.path() + ":9");
    }

    @Test
    void findsASuppressionThatDoesNotSayWhy() throws IOException {
        Source faulty = main(
                "A",
                """
                class A {
                    @SuppressWarnings("unchecked") // the kind says what it holds
                    void reasoned() {}

                    @SuppressWarnings("unchecked")
                    void silent() {}

                    @SuppressWarnings("unchecked") //
                    void empty() {}
                }
                """);

        assertThat(subjects(SourceRules.suppressionsWithoutReason(List.of(faulty))))
                .containsExactly(faulty.path() + ":7", faulty.path() + ":10");
    }

    @Test
    void findsARoomThatDoesNotExplainItself() throws IOException {
        Source whole = packageInfo(
                """
                /**
                 * <p>Owns: arithmetic. Does not
                 * own: prices. Doors: Rating. Invariant: it adds up.
                 */
                """);
        Source partly = packageInfo("/** Owns: arithmetic. Invariant: it adds up. */\n");

        assertThat(SourceRules.unexplainedRooms(List.of(whole))).isEmpty();
        assertThat(SourceRules.unexplainedRooms(List.of(partly)))
                .extracting(Fault::text)
                .containsExactly(
                        "Expected a package-info that says what the room owns, what not, its doors and invariants,"
                                + " but [Does not own: , Doors: ] is missing.");
    }

    private static Source methodOf(int lines) throws IOException {
        return main(
                "A",
                """
                class A {
                    /** A comment
                     * before it does not count. */
                    @Override
                    void rate() {%s}
                }
                """
                        .formatted("\n".repeat(lines - 2)));
    }

    private static Source packageInfo(String javadoc) throws IOException {
        return Source.of(
                "core/src/main/java/io/tallystick/rating/package-info.java", javadoc + "package io.tallystick.rating;");
    }

    private static Source main(String name, String text) throws IOException {
        return Source.of(
                "core/src/main/java/io/tallystick/rating/%s.java".formatted(name),
                "package io.tallystick.rating;\n\n" + text);
    }

    private static List<String> subjects(List<Fault> faults) {
        return faults.stream().map(Fault::subject).toList();
    }
}
