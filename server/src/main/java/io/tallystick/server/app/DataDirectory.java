package io.tallystick.server.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds everything a server keeps, owned by one process at a time. {@code lock} names that process,
 * {@code format} the layout of all the rest, {@code tmp} is emptied at every start; other files belong to the stores.
 */
final class DataDirectory implements AutoCloseable {
    /** The layout that this version writes; it rises when an older version could no longer read what is here. */
    static final int FORMAT = 1;

    private static final String LOCK = "lock";
    private static final String FORMAT_FILE = "format";
    private static final String NEW_FORMAT_FILE = "format.new";
    /** What may lie in a directory that is not ours yet: traces of a start that was cut off, and of a fresh disk. */
    private static final Set<String> HARMLESS = Set.of(LOCK, NEW_FORMAT_FILE, "lost+found");

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** What comes of opening a data directory. */
    sealed interface Opening {
        /** It is ours until it is closed. */
        record Opened(DataDirectory directory) implements Opening {}

        /** It is not, for a reason that says what to do; nothing was touched. */
        record Refused(String reason) implements Opening {}
    }

    Path path() {
        return path;
    }

    static Path temporary(Path data) {
        return data.toAbsolutePath().normalize().resolve("tmp");
    }

    /** Opens the directory for this process alone, making it where it does not exist. */
    static Opening open(Path data) {
        Path path = data.toAbsolutePath().normalize();
        try {
            // before the lock, because taking the lock makes a file
            Optional<String> objection = objection(path);
            if (objection.isPresent()) {
                return new Opening.Refused(objection.get());
            }
            Files.createDirectories(path);
            return lock(path);
        } catch (IOException notUsable) {
            return new Opening.Refused(notUsable(path, notUsable));
        }
    }

    static String notUsable(Path path, IOException why) {
        String reason = reason(why);
        return "Expected to read and write in the data directory %s, but: %s. %s, or choose another with --data."
                .formatted(
                        path,
                        reason,
                        reason.contains("No space left") ? "Make room there" : "Make it writable for this user");
    }

    /** Why nobody should read or write the stores in the directory beside its owner: it has none of ours. */
    static Optional<String> objectionToVisit(Path data) {
        Path path = data.toAbsolutePath().normalize();
        try {
            Optional<String> objection = objection(path);
            return objection.isPresent() || Files.exists(path.resolve(FORMAT_FILE))
                    ? objection
                    : Optional.of(
                            "Expected a data directory that a server has made, but %s is %s. Start the server first, or choose another with --data."
                                    .formatted(path, Files.exists(path) ? "empty" : "not there"));
        } catch (IOException notReadable) {
            return Optional.of(notUsable(path, notReadable));
        }
    }

    /** Gives the directory to the next process. The lock file stays: deleting it could delete the next owner's. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException lockIsGoneAnyway) {
            throw new UncheckedIOException("Expected to release the data directory " + path, lockIsGoneAnyway);
        }
    }

    private static Opening lock(Path path) throws IOException {
        Path lockPath = path.resolve(LOCK);
        FileChannel channel = FileChannel.open(
                lockPath, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (!tryLock(channel)) {
                channel.close();
                return new Opening.Refused(
                        "Expected the data directory %s to be free, but process %s uses it. Stop that one, or choose another with --data."
                                .formatted(path, Files.readString(lockPath).strip()));
            }
            // again, because another process may have filled the directory meanwhile
            Optional<String> objection = objection(path);
            if (objection.isPresent()) {
                channel.close();
                return new Opening.Refused(objection.get());
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)));
            prepare(path);
            return new Opening.Opened(new DataDirectory(path, channel));
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /** Why the directory cannot be ours, by reading alone. */
    private static Optional<String> objection(Path path) throws IOException {
        Path formatFile = path.resolve(FORMAT_FILE);
        if (Files.exists(formatFile)) {
            return objectionToFormat(path, Files.readString(formatFile).strip());
        }
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        if (!Files.isDirectory(path)) {
            return Optional.of(
                    "Expected a directory for data, but %s is a file. Choose another with --data.".formatted(path));
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !HARMLESS.contains(name))
                    .sorted()
                    .findFirst()
                    .map(name ->
                            "Expected an empty directory or one that Tallystick made, but %s has '%s' in it and no file '%s'. Choose another with --data."
                                    .formatted(path, name, FORMAT_FILE));
        }
    }

    private static Optional<String> objectionToFormat(Path path, String format) {
        if (!format.matches("[1-9][0-9]{0,8}")) {
            return Optional.of("Expected a whole number in %s, but it says '%s'. Restore the directory from a backup."
                    .formatted(path.resolve(FORMAT_FILE), format));
        }
        if (Integer.parseInt(format) > FORMAT) {
            return Optional.of(
                    "Expected a data directory of format %s or older, but %s has format %s, made by a newer version of Tallystick. Start that version, or choose another directory with --data."
                            .formatted(FORMAT, path, format));
        }
        return Optional.empty();
    }

    private static void prepare(Path path) throws IOException {
        Path formatFile = path.resolve(FORMAT_FILE);
        if (!Files.exists(formatFile)) {
            allowOwnerOnly(path);
            // moved into place whole, because half a format would lock the owner out
            Path newFormatFile = path.resolve(NEW_FORMAT_FILE);
            Files.writeString(newFormatFile, FORMAT + "\n");
            Files.move(newFormatFile, formatFile, StandardCopyOption.ATOMIC_MOVE);
        }
        Path temporary = temporary(path);
        FileTree.delete(temporary);
        Files.createDirectory(temporary);
    }

    private static void allowOwnerOnly(Path path) throws IOException {
        @Nullable PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        // a mounted volume may belong to somebody else, who then decides; the launcher's umask still guards the files
        if (view != null && view.getOwner().equals(Files.getOwner(path.resolve(LOCK)))) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "access to %s is denied".formatted(denied.getFile());
            case FileSystemException refused
            when refused.getReason() != null -> "%s: %s".formatted(refused.getFile(), refused.getReason());
            default -> failure.toString();
        };
    }
}
