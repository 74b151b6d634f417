package io.tallystick.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Modules that inherit the root pom, built by one Maven run, which may load what this build has not needed yet. */
final class PlantedBuild {
    private static final int PATIENCE_SECONDS = 300;
    private static final Pattern FAILURE = Pattern.compile("Failed to execute goal .*? on project (\\S+): ");

    private final Path directory;
    private final Map<String, Planted> modules = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();
    private String output = "";

    PlantedBuild(Path directory) {
        this.directory = directory;
    }

    private record Planted(String pom, String source) {}

    /**
     * Adds a module.
     *
     * @param pom what its pom has beside the parent
     * @param source of {@code planted/Coin.java}, after the line with the package
     */
    PlantedBuild with(String module, String pom, String source) {
        modules.put(module, new Planted(pom, source));
        return this;
    }

    void run() throws IOException, InterruptedException {
        write(
                "pom.xml",
                """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                    <modelVersion>4.0.0</modelVersion>
                    <groupId>planted</groupId>
                    <artifactId>planted</artifactId>
                    <version>1</version>
                    <packaging>pom</packaging>
                    <modules>%s</modules>
                </project>
                """
                        .formatted(modules.keySet().stream()
                                .map("<module>%s</module>"::formatted)
                                .collect(Collectors.joining())));
        for (Map.Entry<String, Planted> module : modules.entrySet()) {
            write(module.getKey(), module.getValue());
        }
        output = maven();
        Matcher failure = FAILURE.matcher(output);
        int start = -1;
        String name = "";
        while (failure.find()) {
            if (start >= 0) {
                failures.put(name, output.substring(start, failure.start()));
            }
            name = failure.group(1);
            start = failure.start();
        }
        if (start >= 0) {
            failures.put(name, output.substring(start));
        }
    }

    /** Why a module was refused, if it was. */
    Optional<String> failure(String module) {
        return Optional.ofNullable(failures.get(module));
    }

    String output() {
        return output;
    }

    private void write(String module, Planted planted) throws IOException {
        write(
                module + "/pom.xml",
                """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                    <modelVersion>4.0.0</modelVersion>
                    <parent>
                        <groupId>io.tallystick</groupId>
                        <artifactId>tallystick</artifactId>
                        <version>0.1.0-SNAPSHOT</version>
                        <relativePath>../../../../pom.xml</relativePath>
                    </parent>
                    <artifactId>%s</artifactId>
                    %s
                </project>
                """
                        .formatted(module, planted.pom()));
        String sources = module + "/src/main/java/planted/";
        write(
                sources + "package-info.java",
                """
                @NullMarked
                package planted;

                import org.jspecify.annotations.NullMarked;
                """);
        write(sources + "Coin.java", "package planted;\n\n" + planted.source());
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private String maven() throws IOException, InterruptedException {
        Path log = directory.resolve("maven.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                        "-B",
                        "-T1C",
                        "--fail-at-end",
                        "-Dstyle.color=never",
                        "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                        "clean",
                        "compile")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "Expected Maven to end within %d s, but it runs. See %s.".formatted(PATIENCE_SECONDS, log));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(log, StandardCharsets.UTF_8);
    }
}
