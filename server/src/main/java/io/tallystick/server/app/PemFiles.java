package io.tallystick.server.app;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.tallystick.server.settings.Settings.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Reads a certificate chain and its private key from PEM files. */
final class PemFiles {
    private PemFiles() {}

    /** What comes of reading them. */
    sealed interface Reading {
        /** A server can speak TLS with them. */
        record Usable(Tls tls) implements Reading {}

        /** It cannot, for a reason that says what to do. */
        record Refused(String reason) implements Reading {}
    }

    static Reading read(Transport.Tls files) {
        for (Path file : Stream.of(files.certificate(), files.key()).toList()) {
            if (!Files.isReadable(file)) {
                return new Reading.Refused("Expected a readable PEM file, but %s is none".formatted(file));
            }
        }
        try {
            Keys keys = Keys.builder()
                    .pem(pem -> pem.key(Resource.create(files.key())).certChain(Resource.create(files.certificate())))
                    .build();
            Tls tls = Tls.builder().privateKey(keys).privateKeyCertChain(keys).build();
            tls.newEngine();
            return new Reading.Usable(tls);
        } catch (RuntimeException unusable) {
            // Helidon says what is wrong with a PEM file by various unchecked exceptions
            return new Reading.Refused(
                    "Expected a PEM certificate in %s and its unencrypted PKCS#8 private key in %s, but: %s. A key of another kind becomes one by 'openssl pkcs8 -topk8 -nocrypt'."
                            .formatted(files.certificate(), files.key(), unusable.getMessage()));
        }
    }
}
