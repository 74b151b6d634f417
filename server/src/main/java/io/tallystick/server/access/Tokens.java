package io.tallystick.server.access;

import io.tallystick.id.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens that carry what they say and a signature over it: {@code base64(keyId|organization|role|expiry).signature}.
 *
 * <p>Safe for use by many threads.
 */
final class Tokens {
    /** How long a token is valid: five hours, as m3ter's clients expect. */
    static final Duration LIFETIME = Duration.ofHours(5);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int PARTS = 4;

    private final SecretKeySpec key;

    /**
     * @param secret 32 random bytes of the data directory
     */
    Tokens(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    String sign(Caller caller, Instant expiry) {
        String claims = String.join(
                "\n",
                caller.keyId(),
                caller.organization().value(),
                caller.role().name(),
                Long.toString(expiry.getEpochSecond()));
        String payload = encode(claims.getBytes(StandardCharsets.UTF_8));
        return payload + "." + encode(signature(payload));
    }

    /** Who a token speaks for; nothing where it is not ours or no longer valid. */
    Optional<Caller> verify(String token, Instant now) {
        int dot = token.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String payload = token.substring(0, dot);
        byte[] expected = encode(signature(payload)).getBytes(StandardCharsets.US_ASCII);
        byte[] given = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given) ? claims(payload, now) : Optional.empty();
    }

    /** What is signed begins with a point, which no token's payload has: a link is never a token, nor a token a link. */
    String signLink(OrganizationId organization, String thing, Instant until) {
        String link = String.join("\n", organization.value(), thing, Long.toString(until.getEpochSecond()));
        return encode(signature("." + encode(link.getBytes(StandardCharsets.UTF_8))));
    }

    boolean isLink(OrganizationId organization, String thing, Instant until, String signature) {
        return MessageDigest.isEqual(
                signLink(organization, thing, until).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Caller> claims(String payload, Instant now) {
        // the signature was right, so this house wrote every part
        String[] parts = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8).split("\n", -1);
        if (parts.length != PARTS) {
            throw new IllegalStateException(
                    "Expected a signed token of %d parts, but it has %d.".formatted(PARTS, parts.length));
        }
        Instant expiry = Instant.ofEpochSecond(Long.parseLong(parts[3]));
        return now.isBefore(expiry)
                ? Optional.of(new Caller(parts[0], new OrganizationId(parts[1]), Role.valueOf(parts[2])))
                : Optional.empty();
    }

    private byte[] signature(String payload) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(payload.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected every JDK to have " + ALGORITHM + ", but this one has not.", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
