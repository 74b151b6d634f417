package io.tallystick.usage;

import static io.tallystick.usage.UsageFixture.ACME;
import static io.tallystick.usage.UsageFixture.OTHER;
import static io.tallystick.usage.UsageFixture.RECEIVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.id.OrganizationId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityHashTest {
    private static final IdentityHash HASH = new IdentityHash(0x0706050403020100L, 0x0F0E0D0C0B0A0908L);

    /** {@code vectors_sip128} of the authors' reference implementation: the input is the bytes 0, 1, 2, ... */
    @ParameterizedTest
    @CsvSource({
        "0,  a3817f04ba25a8e6, 6df67214c7550293",
        "1,  da87c1d86b99af44, 347659119b22fc45",
        "2,  8177228da4a45dc7, fca38bdef60affe4",
    })
    void computesTheReferenceVectors(int length, String high, String low) {
        byte[] input = new byte[length];
        for (int i = 0; i < length; i++) {
            input[i] = (byte) i;
        }
        IdentityHash.Scope scope = new IdentityHash.Scope(HASH.key0(), HASH.key1());

        scope.hash(input);

        assertThat(Long.reverseBytes(scope.high())).isEqualTo(Long.parseUnsignedLong(high, 16));
        assertThat(Long.reverseBytes(scope.low())).isEqualTo(Long.parseUnsignedLong(low, 16));
    }

    @Test
    void tellsScopesAndUidsApart() {
        String uuid = "01234567-89ab-cdef-8123-456789abcdef";
        Stream<Identified> different = Stream.of(
                identified(ACME, Door.MEASUREMENTS, uuid),
                identified(ACME, Door.CLOUD_EVENTS, uuid),
                identified(OTHER, Door.MEASUREMENTS, uuid),
                identified(ACME, Door.MEASUREMENTS, "01234567-89AB-CDEF-8123-456789ABCDEF"),
                identified(ACME, Door.MEASUREMENTS, "01234567-89ab-cdef-8123-456789abcdeg"),
                identified(ACME, Door.MEASUREMENTS, "01234567089ab0cdef081230456789abcdef"),
                identified(ACME, Door.MEASUREMENTS, "gEibcdef4567-89ab"),
                identified(ACME, Door.MEASUREMENTS, "a"),
                identified(ACME, Door.MEASUREMENTS, "a\0"),
                identified(ACME, Door.MEASUREMENTS, "\0a"),
                identified(ACME, Door.MEASUREMENTS, "A"));

        assertThat(different.map(each -> List.of(each.high(), each.low()))).doesNotHaveDuplicates();
    }

    @Test
    void knowsACanonicalUuidWhenItSeesOne() {
        assertThat(identified(ACME, Door.MEASUREMENTS, "fedcba98-7654-3210-0123-456789abcdef")
                        .uid())
                .isEqualTo(new Identified.Uid.Canonical(0xFEDCBA9876543210L, 0x0123456789ABCDEFL));
        assertThat(identified(ACME, Door.MEASUREMENTS, "FEDCBA98-7654-3210-0123-456789abcdef")
                        .uid())
                .isEqualTo(new Identified.Uid.Text("FEDCBA98-7654-3210-0123-456789abcdef"));
    }

    @Test
    void dependsOnTheKeyAndKeepsItSecret() {
        Identified one = identified(ACME, Door.MEASUREMENTS, "a");
        Identified other = identified(new IdentityHash(1, 2), ACME, Door.MEASUREMENTS, "a");

        assertThat(other.high()).isNotEqualTo(one.high());
        assertThat(HASH).hasToString("IdentityHash[secret]");
    }

    private static Identified identified(OrganizationId organization, Door door, String uid) {
        return identified(HASH, organization, door, uid);
    }

    private static Identified identified(IdentityHash hash, OrganizationId organization, Door door, String uid) {
        Measurement measurement =
                UsageFixture.draft(new Identity.Uid(organization, door, uid)).freeze(RECEIVED);
        return Identified.of(measurement, hash.scope(organization, door));
    }
}
