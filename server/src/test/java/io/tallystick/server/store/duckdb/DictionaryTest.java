package io.tallystick.server.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.catalog.Slots;
import io.tallystick.id.FieldCode;
import io.tallystick.id.OrganizationId;
import io.tallystick.usage.Door;
import io.tallystick.usage.Identified;
import io.tallystick.usage.Identity;
import io.tallystick.usage.IdentityHash;
import io.tallystick.usage.Measurement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DictionaryTest {
    private static final OrganizationId ACME = new OrganizationId("acme");
    private static final Slots ONE_TEXT = new Slots(List.of(), List.of(new FieldCode("region")));
    private static final Instant DAY = Instant.parse("2024-12-12T00:00:00Z");

    private final Dictionary dictionary = new Dictionary();

    @Test
    void textKeepsItsNumber() {
        int berlin = dictionary.code("Berlin");

        assertThat(dictionary.code("Bern")).isNotEqualTo(berlin);
        assertThat(dictionary.code("Berlin")).isEqualTo(berlin);
        assertThat(dictionary.known("Berlin")).hasValue(berlin);
        assertThat(dictionary.known("Bonn")).isEmpty();
    }

    @Test
    void newTextsAreTakenOnce() {
        dictionary.load(7, "Berlin");
        dictionary.code("Berlin");
        dictionary.code("Bern");

        assertThat(dictionary.takeUnwritten()).containsExactly(new Dictionary.Entry(8, "Bern"));
        assertThat(dictionary.takeUnwritten()).isEmpty();
    }

    @Test
    void numberThatWasLookedUpAheadIsUsed() {
        int berlin = dictionary.code("Berlin");

        assertThat(dictionary.code(in("Berlin"), 0, "Berlin")).isEqualTo(berlin);
    }

    @Test
    void textThatHadNoNumberAheadGetsOne() {
        Identified ahead = in("Berlin");
        int berlin = dictionary.code("Berlin");

        assertThat(dictionary.code(ahead, 0, "Berlin")).isEqualTo(berlin);
        assertThat(dictionary.code(in("Bern"), 0, "Bern")).isEqualTo(berlin + 1);
    }

    /** After a commit that failed the store begins with another dictionary, which may give a number to another text. */
    @Test
    void numberOfAnotherDictionaryIsNotUsed() {
        dictionary.code("Berlin");
        Identified ahead = in("Berlin");
        Dictionary reopened = new Dictionary();
        int bern = reopened.code("Bern");

        assertThat(reopened.code(ahead, 0, "Berlin")).isNotEqualTo(bern);
        assertThat(reopened.takeUnwritten()).extracting(Dictionary.Entry::text).containsExactly("Bern", "Berlin");
    }

    private Identified in(String region) {
        Measurement measurement = Measurement.draft(new Identity.None(ACME, Door.MEASUREMENTS), 1, ONE_TEXT, 1, DAY)
                .text(0, region)
                .freeze(DAY);
        return Identified.of(
                measurement, new IdentityHash(1, 2).scope(ACME, Door.MEASUREMENTS), dictionary.codes(measurement));
    }
}
