package io.tallystick.usage;

import static io.tallystick.usage.UsageFixture.METER;
import static io.tallystick.usage.UsageFixture.MICKEY;
import static io.tallystick.usage.UsageFixture.NOON;
import static io.tallystick.usage.UsageFixture.RECEIVED;
import static io.tallystick.usage.UsageFixture.decimal;
import static io.tallystick.usage.UsageFixture.draft;
import static io.tallystick.usage.UsageFixture.noUid;
import static io.tallystick.usage.UsageFixture.slots;
import static io.tallystick.usage.UsageFixture.uid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.catalog.Slots;
import io.tallystick.id.FieldCode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurementTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "0.000001",
                "999999999999.999999",
                "-999999999999.999999",
                "0.5000000000",
            })
    void holdsNumbersOfEighteenDigitsCompactly(String number) {
        Measurement measurement = draft(noUid()).number(0, decimal(number)).freeze(RECEIVED);

        assertThat(measurement.isCompact(0)).isTrue();
        assertThat(measurement.isAllCompact()).isTrue();
        assertThat(measurement.number(0).orElseThrow()).isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0000001",
                "1000000000000",
                "-1000000000000",
                "1E+25",
                "99999999999999999999999999.999999999999",
                "-0.000000000001",
            })
    void holdsAllOtherNumbersToo(String number) {
        Measurement measurement = draft(noUid()).number(1, decimal(number)).freeze(RECEIVED);

        assertThat(measurement.isCompact(1)).isFalse();
        assertThat(measurement.isAllCompact()).isFalse();
        assertThat(measurement.number(1).orElseThrow()).isEqualByComparingTo(number);
        assertThat(measurement.number(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+26", "100000000000000000000000000", "0.0000000000001", "1e100000000"})
    void refusesNumbersThatNoDoorLetsThrough(String number) {
        assertThatThrownBy(() -> draft(noUid()).number(0, decimal(number)))
                .hasMessageContaining("Expected at most 26 digits before the point and 12 after it");
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0", "1000, 1E+3", "0, 0.000", "0, 0E+40", "1E+20, 100000000000000000000", "0.0000001, 0.00000010"
    })
    void hashesEqualNumbersEqually(String left, String right) {
        assertThat(hash(draft(noUid()).number(0, decimal(left))))
                .isEqualTo(hash(draft(noUid()).number(0, decimal(right))));
    }

    @Test
    void hashesEverythingThatWasSaid() {
        Instant later = NOON.plusSeconds(1);
        Stream<MeasurementDraft> different = Stream.of(
                draft(noUid()),
                draft(noUid()).number(0, decimal("1")),
                draft(noUid()).number(0, decimal("-1")),
                draft(noUid()).number(1, decimal("1")),
                draft(noUid()).number(0, decimal("1")).number(1, decimal("2")),
                draft(noUid()).number(0, decimal("2")).number(1, decimal("1")),
                draft(noUid()).text(0, "1"),
                draft(noUid()).text(1, "1"),
                draft(noUid()).text(0, ""),
                draft(noUid()).until(NOON),
                draft(noUid()).until(later),
                draft(noUid()).undefined("x", new FieldValue.TextValue("1")),
                draft(noUid()).undefined("x", new FieldValue.NumberValue(decimal("1"))),
                Measurement.draft(noUid(), METER, slots(2, 2), MICKEY, later),
                Measurement.draft(noUid(), METER, slots(2, 2), MICKEY + 1, NOON),
                Measurement.draft(noUid(), METER + 1, slots(2, 2), MICKEY, NOON));

        assertThat(different.map(MeasurementTest::hash)).doesNotHaveDuplicates();
    }

    @Test
    void leavesArrivalIdentityAndDerivedValuesOutOfTheHash() {
        MeasurementDraft plain = draft(noUid()).number(0, decimal("3"));
        MeasurementDraft other = draft(uid("a"))
                .number(0, decimal("3"))
                .derivedNumber(1, decimal("9"))
                .derivedText(0, "nine")
                .failedCalculation("n5", "Expected a divisor other than 0, but was 0.");

        assertThat(other.freeze(RECEIVED.plusSeconds(9)).contentHash()).isEqualTo(hash(plain));
    }

    @Test
    void hashesAFieldAlikeBeforeAndAfterTheMeterLearnsIt() {
        Slots before = slots(1, 0);
        Slots after = new Slots(List.of(new FieldCode("n0"), new FieldCode("gb")), List.of(new FieldCode("region")));
        MeasurementDraft unknown = Measurement.draft(noUid(), METER, before, MICKEY, NOON)
                .undefined("region", new FieldValue.TextValue("eu"))
                .undefined("gb", new FieldValue.NumberValue(decimal("1.50")));
        MeasurementDraft known = Measurement.draft(noUid(), METER, after, MICKEY, NOON)
                .number(1, decimal("1.5"))
                .text(0, "eu");

        assertThat(hash(known)).isEqualTo(hash(unknown));
    }

    /** At rest there are hashes of earlier versions: a changed hash would turn every resent measurement into a conflict. */
    @Test
    void hashesAsEverBefore() {
        MeasurementDraft said = draft(uid("a"))
                .number(0, decimal("32"))
                .number(1, decimal("12345678901234567890.123456789012"))
                .text(0, "eu-west-1")
                .until(NOON.plusSeconds(60))
                .undefined("x", new FieldValue.TextValue("y"));

        assertThat(hash(said)).isEqualTo(HASH_OF_VERSION_1);
    }

    private static final int HASH_OF_VERSION_1 = -1_142_613_933;

    @Test
    void cutsNanosecondsOff() {
        Measurement measurement = Measurement.draft(noUid(), METER, slots(0, 0), MICKEY, NOON.plusNanos(1_999))
                .until(NOON.plusNanos(2_999))
                .freeze(NOON.plusNanos(3_999));

        assertThat(measurement.eventTime()).isEqualTo(NOON.plusNanos(1_000));
        assertThat(measurement.endTime()).contains(NOON.plusNanos(2_000));
        assertThat(measurement.receivedAt()).isEqualTo(NOON.plusNanos(3_000));
    }

    @Test
    void refusesAnEndBeforeTheStart() {
        assertThatThrownBy(() -> draft(noUid()).until(NOON.minusNanos(1_000)))
                .hasMessageContaining("Expected an end at or after 2024-12-10T12:00:00Z");
    }

    @Test
    void refusesTwoValuesForOneSlot() {
        assertThatThrownBy(() -> draft(noUid()).number(0, decimal("1")).derivedNumber(0, decimal("1")))
                .hasMessageContaining("two");
        assertThatThrownBy(() -> draft(noUid()).text(0, "a").text(0, "a")).hasMessageContaining("Expected one text");
    }

    @Test
    void usesTheLastSlotOfTheLargestShape() {
        Measurement measurement = Measurement.draft(noUid(), METER, slots(30, 64), MICKEY, NOON)
                .number(29, decimal("29"))
                .text(63, "last")
                .freeze(RECEIVED);

        assertThat(measurement.number(29).orElseThrow()).isEqualByComparingTo("29");
        assertThat(measurement.text(63)).contains("last");
        assertThat(measurement.hasNumber(28)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "a\uDC00", "\uD800\uD800", "\uDC00\uD800"})
    void refusesTextsThatWouldBecomeOthersAtRest(String text) {
        assertThat(FieldValue.TextValue.isWellFormed(text)).isFalse();
        assertThat(Identity.Uid.isWellFormed(text)).isFalse();
        assertThatThrownBy(() -> draft(noUid()).text(0, text)).hasMessageContaining("well-formed");
    }

    @Test
    void letsWellFormedTextsThrough() {
        assertThat(FieldValue.TextValue.isWellFormed("")).isTrue();
        assertThat(FieldValue.TextValue.isWellFormed("I\u0307 \uD83D\uDE00")).isTrue();
        assertThat(FieldValue.TextValue.isWellFormed("x".repeat(4096))).isTrue();
        assertThat(FieldValue.TextValue.isWellFormed("x".repeat(4097))).isFalse();
        assertThat(Identity.Uid.isWellFormed("")).isFalse();
        assertThat(Identity.Uid.isWellFormed("x".repeat(1024))).isTrue();
        assertThat(Identity.Uid.isWellFormed("x".repeat(1025))).isFalse();
    }

    private static int hash(MeasurementDraft draft) {
        return draft.freeze(RECEIVED).contentHash();
    }
}
