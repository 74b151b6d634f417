package io.tallystick.server.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** The secret that tokens are signed with: 32 random bytes in the data directory, drawn at the first start. */
final class TokenSecret {
    private static final String FILE = "token.key";
    private static final int BYTES = 32;

    private TokenSecret() {}

    static byte[] of(Path data) {
        Path file = data.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                draw(file);
            }
            byte[] secret = Files.readAllBytes(file);
            if (secret.length != BYTES) {
                throw new IllegalStateException(
                        "Expected %s to hold %d bytes, but it holds %d. Delete it to draw a new one; tokens issued before are void then."
                                .formatted(file, BYTES, secret.length));
            }
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Written beside and moved, so that a start that is cut off leaves no half secret. */
    private static void draw(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, secret);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
