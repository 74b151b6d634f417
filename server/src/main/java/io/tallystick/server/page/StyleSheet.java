package io.tallystick.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * How a page looks, inside the page itself: it has to look the same when it lies on somebody's disk.
 *
 * @param css the sheet
 */
public record StyleSheet(String css) {
    /** Of the invoice, from {@code invoice.css} beside this class. */
    public static final StyleSheet INVOICE = read("invoice.css");

    private static StyleSheet read(String name) {
        try (InputStream in = StyleSheet.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("Expected %s beside the class, but it is missing.".formatted(name));
            }
            return new StyleSheet(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The browser may use this very sheet and nothing else: no script, no picture, no other address, no frame around. */
    public String contentSecurityPolicy() {
        return "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                .formatted(Base64.getEncoder().encodeToString(digest(css.getBytes(UTF_8))));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected a JDK that knows SHA-256, but it does not.", e);
        }
    }
}
