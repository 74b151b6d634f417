package io.tallystick.server.access;

import java.time.Duration;

/**
 * What a key is exchanged for.
 *
 * @param value goes after {@code Authorization: Bearer}
 * @param lifetime how long it is valid from now on
 */
public record Token(String value, Duration lifetime) {
    @Override
    public String toString() {
        return "Token[value hidden, lifetime=" + lifetime + "]";
    }
}
