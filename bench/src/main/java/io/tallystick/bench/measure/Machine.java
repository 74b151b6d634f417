package io.tallystick.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What was measured on: without it no figure means anything. */
public final class Machine {
    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final long KIB_PER_GIB = 1L << 20;

    private Machine() {}

    /** One paragraph: processor, memory, system, JDK, disk, date. */
    public static String described(Path directory) throws IOException {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %s; %s %s; JDK %s; %s; %s",
                found(CPUS, "model name").orElseGet(() -> System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                found(MEMORY, "MemTotal")
                        .map(text -> Long.parseLong(text.replaceAll("\\D", "")) / KIB_PER_GIB + " GiB")
                        .orElse("memory unknown"),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                "data on " + Files.getFileStore(directory).type(),
                InstantSource.system().instant().atZone(ZoneOffset.UTC).toLocalDate());
    }

    /** How busy it is: other work on it spoils what is measured. */
    public static String load() throws IOException {
        return Files.exists(LOAD)
                ? Files.readString(LOAD).strip()
                : String.valueOf(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static Optional<String> found(Path file, String key) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        }
    }
}
