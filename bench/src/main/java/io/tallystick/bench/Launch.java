package io.tallystick.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a server is started, without the arguments of {@code serve}.
 *
 * @param command the program and what stands before {@code serve}'s own options
 */
record Launch(List<String> command) {
    Launch {
        command = List.copyOf(command);
    }

    /**
     * As {@code ./tallystick serve} starts it.
     *
     * @param dist the built program
     * @param javaOptions of the launcher
     * @param more options of the JVM, such as those of a profiler
     */
    static Launch ofDist(Path dist, List<String> javaOptions, List<String> more) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(javaOptions);
        command.add("-XX:AOTCache=" + dist.resolve("tallystick.aot"));
        command.addAll(more);
        command.addAll(List.of("-jar", dist.resolve("tallystick.jar").toString(), "serve"));
        return new Launch(command);
    }

    /** The java that runs this. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
