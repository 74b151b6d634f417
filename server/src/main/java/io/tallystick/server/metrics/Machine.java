package io.tallystick.server.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;

/** What the JVM says of itself, under the names that Prometheus' own client gives. */
public final class Machine {
    private static final int NANOS_PER_MS = 1_000_000;

    private Machine() {}

    public static void write(Exposition out) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        out.family("jvm_memory_used_bytes", Exposition.Type.GAUGE, "Memory in use.")
                .sample("jvm_memory_used_bytes", Map.of("area", "heap"), heap.getUsed())
                .family("jvm_memory_max_bytes", Exposition.Type.GAUGE, "Memory that may be used.")
                .sample("jvm_memory_max_bytes", Map.of("area", "heap"), heap.getMax())
                .family("jvm_threads_current", Exposition.Type.GAUGE, "Platform threads.")
                .sample(
                        "jvm_threads_current",
                        Map.of(),
                        ManagementFactory.getThreadMXBean().getThreadCount());
        out.family("jvm_gc_collection_seconds", Exposition.Type.SUMMARY, "Garbage collections.");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            Map<String, String> labels = Map.of("gc", collector.getName());
            out.seconds("jvm_gc_collection_seconds_sum", labels, collector.getCollectionTime() * NANOS_PER_MS)
                    .sample("jvm_gc_collection_seconds_count", labels, collector.getCollectionCount());
        }
        out.family("process_start_time_seconds", Exposition.Type.GAUGE, "Start of the process since 1970.")
                .seconds(
                        "process_start_time_seconds",
                        Map.of(),
                        ManagementFactory.getRuntimeMXBean().getStartTime() * NANOS_PER_MS);
    }
}
