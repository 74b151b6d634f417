package io.tallystick.server.store.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * Lets other threads go first where all cores are busy: a question may take longer, an acknowledgement may not
 * (docs/adr/0101-questions-step-back.md). On Linux every thread has a nice value of its own; elsewhere nothing is done.
 */
final class Courtesy {
    /** About a ninth of the share of a thread with nice value 0. */
    static final int NICE = 10;

    private static final int OF_THREAD = 0;
    private static final int CALLING = 0;

    private Courtesy() {}

    /** From now on the calling platform thread steps back. Where the system refuses that, it stays as it is. */
    @SuppressWarnings("restricted") // setpriority takes and gives numbers only; no memory is shared with it
    static void stepBack() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle setPriority = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setpriority"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        try {
            int _ = (int) setPriority.invokeExact(OF_THREAD, CALLING, NICE);
        } catch (Throwable e) {
            throw new IllegalStateException("Expected setpriority to be callable, but: " + e.getMessage(), e);
        }
    }
}
