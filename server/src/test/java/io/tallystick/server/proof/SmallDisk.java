package io.tallystick.server.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A small file system in memory, mounted in a namespace of its own: nobody else sees it, and it is gone when the process
 * that holds the namespace ends, whatever happened to the test. Needs Linux and root, as CI has them.
 */
final class SmallDisk implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    /** A name that a data directory may have in it before it is one. */
    private static final String BALLAST = "lost+found";

    private static final int PAGE_BYTES = 4096;
    private static final int MIB = 1 << 20;

    private final Process holder;
    private final Path place;

    private SmallDisk(Process holder, Path place) {
        this.holder = holder;
        this.place = place;
    }

    /**
     * Mounts it on an empty directory.
     *
     * @throws TestAbortedException where this user or this machine may not mount: nothing can be shown there
     */
    static SmallDisk mount(Path place, int mebibytes) throws IOException {
        Files.createDirectories(place);
        Process holder;
        try {
            // cat waits for the end of its input, which is also the end of this process
            holder = new ProcessBuilder(
                            "unshare",
                            "-m",
                            "sh",
                            "-c",
                            "mount -t tmpfs -o size=\"$1\"m tmpfs \"$0\" && echo mounted && exec cat",
                            place.toString(),
                            Integer.toString(mebibytes))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException noUnshare) {
            throw new TestAbortedException("Expected the command unshare, but: " + noUnshare.getMessage(), noUnshare);
        }
        BufferedReader output = holder.inputReader(UTF_8);
        @Nullable String said = output.readLine();
        if (!"mounted".equals(said)) {
            holder.destroyForcibly();
            throw new TestAbortedException("Expected to be allowed to mount a file system, but: " + said);
        }
        return new SmallDisk(holder, place);
    }

    /** A program that sees the disk. */
    ServerProcess.Program seenBy(ServerProcess.Program program) {
        return program.behind(entering());
    }

    /** Leaves so much room: all else is taken by one file. */
    void leave(double mebibytes) throws IOException {
        Files.deleteIfExists(file(BALLAST));
        FileStore store = Files.getFileStore(file("."));
        long bytes = store.getUsableSpace() - (long) (mebibytes * MIB);
        byte[] some = new byte[PAGE_BYTES];
        try (OutputStream ballast = Files.newOutputStream(file(BALLAST))) {
            for (long written = 0; written + some.length <= bytes; written += some.length) {
                ballast.write(some);
            }
        }
    }

    /** Takes the ballast away. */
    void makeRoom() throws IOException {
        Files.delete(file(BALLAST));
    }

    /** As if it had just been made. */
    void clear() throws IOException {
        try (Stream<Path> all = Files.walk(file("."))) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!each.equals(file("."))) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Refused by the kernel while a file is open for writing. */
    void forbidWriting() throws IOException {
        List<String> command = Stream.concat(
                        entering().stream(), Stream.of("mount", "-o", "remount,ro", place.toString()))
                .toList();
        Process mount = new ProcessBuilder(command).inheritIO().start();
        int exitCode = mount.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join()
                .exitValue();
        if (exitCode != 0) {
            throw new IOException("Expected %s to end with 0, but was %d.".formatted(command, exitCode));
        }
    }

    /** A file on it, as this process reaches it. */
    Path file(String name) {
        return Path.of("/proc", Long.toString(holder.pid()), "root")
                .resolve(Path.of("/").relativize(place))
                .resolve(name);
    }

    private List<String> entering() {
        return List.of("nsenter", "-t", Long.toString(holder.pid()), "-m", "--");
    }

    @Override
    public void close() {
        holder.destroyForcibly();
        holder.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
