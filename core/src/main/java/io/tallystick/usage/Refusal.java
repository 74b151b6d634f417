package io.tallystick.usage;

import io.tallystick.id.OrganizationId;
import java.time.Instant;
import java.util.Optional;

/**
 * An element that was refused at the door. It is kept and can be read and resent, and it claims no identity: the same
 * uid, sent rightly, is accepted.
 *
 * @param reason what was wrong first
 * @param text the same for people: "Expected ..., but ..."
 * @param uid as it was sent, where it could be read
 * @param meterCode as it was sent, where it could be read
 * @param accountCode as it was sent, where it could be read
 * @param eventTime where it could be read and lies in the years 1 to 9999
 * @param receivedAt from the edge's clock
 * @param payload the element's JSON text, as it was sent
 */
public record Refusal(
        OrganizationId organization,
        Door door,
        Reason reason,
        String text,
        Optional<String> uid,
        Optional<String> meterCode,
        Optional<String> accountCode,
        Optional<Instant> eventTime,
        Instant receivedAt,
        String payload)
        implements Submission.Element, Submission.Decidable {
    public Refusal {
        eventTime = eventTime.filter(Micros::canHold);
    }

    /**
     * Why an element was refused. Every reason is the sender's to mend. Source: m3ter API, ingest validation failures; the
     * finer ones are ours.
     */
    public enum Reason {
        /** Not an object, or a part of it has another JSON type than it must have. */
        MALFORMED("malformed"),
        /** A required part is absent. */
        MISSING_FIELD("missing_field"),
        /** One field code stands in two categories. */
        DUPLICATE_FIELD("duplicate_field"),
        /** No meter has this code. */
        UNDEFINED_METER("undefined_meter"),
        /** Not a code, or of an account that cannot take usage. */
        INVALID_ACCOUNT_CODE("invalid_account_code"),
        /** Empty, too long, or not well-formed text. */
        INVALID_UID("invalid_uid"),
        /** Not a time, outside the years 1 to 9999, or an end before the start. */
        INVALID_TIMESTAMP("invalid_timestamp"),
        /** Further ahead than the setting allows. */
        TIMESTAMP_IN_FUTURE("timestamp_in_future"),
        /** Not a number. */
        INVALID_NUMBER("invalid_number"),
        /** More than 26 digits before the point. */
        NUMBER_TOO_LARGE("number_too_large"),
        /** A text value that is too long or not well-formed text. */
        INVALID_TEXT("invalid_text");

        private final String wireCode;

        Reason(String wireCode) {
            this.wireCode = wireCode;
        }

        /** How it is written on the wire and at rest; never changed. */
        public String wireCode() {
            return wireCode;
        }

        /** The reason with this code. */
        public static Reason coded(String wireCode) {
            for (Reason reason : values()) {
                if (reason.wireCode.equals(wireCode)) {
                    return reason;
                }
            }
            throw new IllegalStateException("Expected the code of a refusal, but was \"%s\".".formatted(wireCode));
        }
    }
}
