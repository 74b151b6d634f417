package io.tallystick.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdTest {
    private static final String UUID = "00000000-0000-4000-8000-000000000001";

    @Test
    void isWhatStandsOnTheWire() {
        assertThat(new Id<IdTest>(UUID)).isEqualTo(new Id<IdTest>(UUID)).hasToString(UUID);
        assertThat(new OrganizationId(UUID)).isEqualTo(new OrganizationId(UUID)).hasToString(UUID);
    }

    @Test
    void hasOneToEightyCharacters() {
        String longest = "x".repeat(80);

        assertThat(new Id<IdTest>(longest).value()).isEqualTo(longest);
        assertThat(new OrganizationId(longest).value()).isEqualTo(longest);
        assertThat(new Id<IdTest>("x").value()).isEqualTo("x");
        assertThat(new OrganizationId("x").value()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void refusesABlankId(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Id<IdTest>(text))
                .withMessage("Expected an id of 1 to 80 characters, but was %s: \"%s\".", text.length(), text);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OrganizationId(text))
                .withMessage(
                        "Expected an organization id of 1 to 80 characters, but was %s: \"%s\".", text.length(), text);
    }

    @Test
    void refusesAnIdThatIsTooLong() {
        String tooLong = "x".repeat(81);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Id<IdTest>(tooLong))
                .withMessageStartingWith("Expected an id of 1 to 80 characters, but was 81: \"xxx");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OrganizationId(tooLong))
                .withMessageStartingWith("Expected an organization id of 1 to 80 characters, but was 81: \"xxx");
    }
}
