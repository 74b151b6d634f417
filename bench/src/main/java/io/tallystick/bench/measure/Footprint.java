package io.tallystick.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process took from the machine.
 *
 * @param cpu all of its threads, since its start
 * @param residentBytes memory now; 0 where the system does not tell (it is no Linux)
 * @param peakBytes the most it ever was; 0 likewise
 */
public record Footprint(Duration cpu, long residentBytes, long peakBytes) {
    private static final int KIB = 1024;

    public static Footprint of(ProcessHandle process) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        long resident = 0;
        long peak = 0;
        if (Files.exists(status)) {
            for (String line : Files.readAllLines(status)) {
                resident = line.startsWith("VmRSS:") ? kib(line) : resident;
                peak = line.startsWith("VmHWM:") ? kib(line) : peak;
            }
        }
        return new Footprint(process.info().totalCpuDuration().orElse(Duration.ZERO), resident * KIB, peak * KIB);
    }

    private static long kib(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
