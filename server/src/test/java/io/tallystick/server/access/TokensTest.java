package io.tallystick.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.id.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokensTest {
    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant EXPIRY = NOW.plus(Tokens.LIFETIME);

    private final Tokens tokens = new Tokens(new byte[32]);
    private final Caller caller = new Caller("key", new OrganizationId("organization"), Role.ADMIN);

    @ParameterizedTest
    @EnumSource
    void speaksForWhomItWasSigned(Role role) {
        Caller signed = new Caller("key ü", new OrganizationId("organization|a"), role);

        assertThat(tokens.verify(tokens.sign(signed, EXPIRY), NOW)).contains(signed);
    }

    @Test
    void isValidUntilJustBeforeItsExpiry() {
        String token = tokens.sign(caller, EXPIRY);

        assertThat(tokens.verify(token, EXPIRY.minusMillis(1))).contains(caller);
        assertThat(tokens.verify(token, EXPIRY)).isEmpty();
        assertThat(tokens.verify(token, EXPIRY.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(Tokens.LIFETIME).isEqualTo(Duration.ofHours(5));
    }

    @Test
    void isValidForAnotherProcessWithTheSameSecretAndNoOther() {
        String token = tokens.sign(caller, EXPIRY);
        byte[] otherSecret = new byte[32];
        otherSecret[31] = 1;

        assertThat(new Tokens(new byte[32]).verify(token, NOW)).contains(caller);
        assertThat(new Tokens(otherSecret).verify(token, NOW)).isEmpty();
    }

    @Test
    void isWorthNothingWhenAnyCharacterIsChanged() {
        String token = tokens.sign(caller, EXPIRY);

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.verify(changed, NOW)).as("changed at %d", i).isEmpty();
        }
    }

    @Test
    void isWorthNothingWithTheSignatureOfAnotherToken() {
        String reader = tokens.sign(new Caller("key", new OrganizationId("organization"), Role.READ), EXPIRY);
        String admin = tokens.sign(caller, EXPIRY);

        String forged = admin.substring(0, admin.indexOf('.')) + reader.substring(reader.indexOf('.'));

        assertThat(tokens.verify(forged, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a", "a.", ".a", "a.b.c", "é.é", "\u0000", "  . "})
    void isNoGarbage(String garbage) {
        assertThat(tokens.verify(garbage, NOW)).isEmpty();
    }

    @Test
    void isNotReadWithoutAValidSignature() {
        String payload =
                Base64.getUrlEncoder().withoutPadding().encodeToString("one part".getBytes(StandardCharsets.UTF_8));

        assertThat(tokens.verify(payload + ".AAAA", NOW)).isEmpty();
    }
}
