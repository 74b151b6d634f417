package io.tallystick.usage;

import io.tallystick.catalog.Slots;
import io.tallystick.id.FieldCode;
import io.tallystick.id.OrganizationId;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Measurements for tests, said in few words. */
public final class UsageFixture {
    public static final OrganizationId ACME = new OrganizationId("00000000-0000-4000-8000-000000000001");
    public static final OrganizationId OTHER = new OrganizationId("other");
    public static final Instant NOON = Instant.parse("2024-12-10T12:00:00Z");
    public static final Instant RECEIVED = Instant.parse("2024-12-31T23:59:59.123456Z");
    public static final Period DECEMBER =
            new Period(Instant.parse("2024-12-01T00:00:00Z"), Instant.parse("2025-01-01T00:00:00Z"));
    public static final int METER = 7;
    public static final int MICKEY = 11;
    public static final int DONALD = 12;

    private UsageFixture() {}

    public static Slots slots(int numbers, int texts) {
        return new Slots(
                IntStream.range(0, numbers)
                        .mapToObj(i -> new FieldCode("n" + i))
                        .toList(),
                IntStream.range(0, texts).mapToObj(i -> new FieldCode("t" + i)).toList());
    }

    public static Identity uid(String uid) {
        return new Identity.Uid(ACME, Door.MEASUREMENTS, uid);
    }

    public static Identity noUid() {
        return new Identity.None(ACME, Door.MEASUREMENTS);
    }

    public static MeasurementDraft draft(Identity identity) {
        return Measurement.draft(identity, METER, slots(2, 2), MICKEY, NOON);
    }

    public static MeasurementDraft draft(int account, Instant eventTime) {
        return Measurement.draft(noUid(), METER, slots(2, 2), account, eventTime);
    }

    /** A measurement whose first number is this one. */
    public static Measurement measurement(Identity identity, String number) {
        return draft(identity).number(0, new BigDecimal(number)).freeze(RECEIVED);
    }

    public static Refusal refusal(String uid) {
        return new Refusal(
                ACME,
                Door.MEASUREMENTS,
                Refusal.Reason.UNDEFINED_METER,
                "Expected the code of a meter, but was \"nope\".",
                Optional.of(uid),
                Optional.of("nope"),
                Optional.empty(),
                Optional.of(NOON),
                RECEIVED,
                "{\"uid\":\"" + uid + "\",\"meter\":\"nope\"}");
    }

    public static Submission submission(Submission.Element... elements) {
        return new Submission(List.of(elements));
    }

    public static BigDecimal decimal(String number) {
        return new BigDecimal(number);
    }
}
