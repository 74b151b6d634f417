package io.tallystick.server.api;

import io.tallystick.catalog.DerivedField;
import io.tallystick.formula.Evaluated;
import io.tallystick.formula.Scope;
import io.tallystick.formula.Value;
import io.tallystick.quantity.DecimalReading;
import io.tallystick.quantity.Decimals;
import io.tallystick.usage.Door;
import io.tallystick.usage.FieldValue;
import io.tallystick.usage.Identity;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.MeasurementDraft;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.Refusal.Reason;
import io.tallystick.usage.Submission;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Freezes one element of {@code measurements}: codes become numbers, derived fields are computed, and whatever is wrong
 * makes a refusal of it. Everything that needs a clock or the catalogue is decided here and never again.
 */
final class ElementReader {
    /** Source: m3ter API, measurement {@code uid}. */
    private static final int UID_LENGTH_MAX = 50;

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Directory directory;
    private final Duration aheadMax;
    private final Call call;

    /**
     * @param aheadMax how far ahead of now an event may be
     */
    ElementReader(Directory directory, Duration aheadMax, Call call) {
        this.directory = directory;
        this.aheadMax = aheadMax;
        this.call = call;
    }

    /**
     * The measurement, or why it is none.
     *
     * @param payload the element's text, asked for only when it has to be kept
     */
    Submission.Element read(RawElement raw, Supplier<String> payload) {
        return switch (frozen(raw)) {
            case Frozen.Good(Measurement measurement) -> measurement;
            case Frozen.Bad(Reason reason, String text) ->
                new Refusal(
                        call.organization(),
                        Door.MEASUREMENTS,
                        reason,
                        text,
                        raw.uid(),
                        raw.meter(),
                        raw.account(),
                        raw.ts().flatMap(ElementReader::time),
                        call.receivedAt(),
                        payload.get());
        };
    }

    private sealed interface Frozen {
        record Good(Measurement measurement) implements Frozen {}

        record Bad(Reason reason, String text) implements Frozen {}
    }

    private Frozen frozen(RawElement raw) {
        if (raw.fault().isPresent()) {
            return new Frozen.Bad(raw.fault().get().reason(), raw.fault().get().text());
        }
        if (raw.meter().isEmpty() || raw.account().isEmpty() || raw.ts().isEmpty()) {
            return new Frozen.Bad(
                    Reason.MISSING_FIELD,
                    "Expected meter, account and ts, but %s is absent."
                            .formatted(
                                    raw.meter().isEmpty()
                                            ? "meter"
                                            : raw.account().isEmpty() ? "account" : "ts"));
        }
        if (raw.uid().filter(uid -> !isUid(uid)).isPresent()) {
            return new Frozen.Bad(
                    Reason.INVALID_UID,
                    "Expected a uid of 1 to %d well-formed characters, but it has %d."
                            .formatted(UID_LENGTH_MAX, raw.uid().get().length()));
        }
        return timed(raw, raw.meter().get(), raw.account().get(), raw.ts().get());
    }

    private Frozen timed(RawElement raw, String meterCode, String accountCode, String ts) {
        Optional<Instant> start = time(ts);
        Optional<Instant> end = raw.ets().flatMap(ElementReader::time);
        if (start.isEmpty() || (raw.ets().isPresent() && end.isEmpty())) {
            return new Frozen.Bad(
                    Reason.INVALID_TIMESTAMP,
                    "Expected %s to be a date-time with an offset or Z in the years 1 to 9999, such as 2024-12-12T20:36:00Z, but was \"%s\"."
                            .formatted(
                                    start.isEmpty() ? "ts" : "ets",
                                    shortened(start.isEmpty() ? ts : raw.ets().get())));
        }
        if (end.isPresent() && end.get().isBefore(start.get())) {
            return new Frozen.Bad(
                    Reason.INVALID_TIMESTAMP,
                    "Expected ets at or after ts %s, but was %s.".formatted(start.get(), end.get()));
        }
        Instant latest = call.receivedAt().plus(aheadMax);
        if (start.get().isAfter(latest)) {
            return new Frozen.Bad(
                    Reason.TIMESTAMP_IN_FUTURE,
                    "Expected ts to be at most %s ahead of now, %s, but was %s."
                            .formatted(aheadMax, call.receivedAt(), start.get()));
        }
        Optional<KnownMeter> meter = directory.meter(call.organization(), meterCode);
        if (meter.isEmpty()) {
            return new Frozen.Bad(
                    Reason.UNDEFINED_METER,
                    "Expected meter to be the code of a meter, but there is none with code \"%s\"."
                            .formatted(shortened(meterCode)));
        }
        Optional<String> lacking = lacking(raw, meter.get());
        if (lacking.isPresent()) {
            return new Frozen.Bad(Reason.MISSING_FIELD, lacking.get());
        }
        return switch (directory.account(call.organization(), accountCode, call.author())) {
            case Directory.AccountLookup.None(String text) -> new Frozen.Bad(Reason.INVALID_ACCOUNT_CODE, text);
            case Directory.AccountLookup.Found(int account) ->
                new Frozen.Good(filled(raw, meter.get(), account, start.get(), end));
        };
    }

    private static boolean isUid(String uid) {
        return uid.length() <= UID_LENGTH_MAX && Identity.Uid.isWellFormed(uid);
    }

    /** Every data field that the meter defines has to be there, under the key of its category. */
    private static Optional<String> lacking(RawElement raw, KnownMeter meter) {
        TreeSet<String> lacking = new TreeSet<>();
        meter.targets().forEach((code, target) -> {
            RawElement.Sent sent = raw.fields().get(code);
            if (sent == null || sent.category() != target.category()) {
                lacking.add(target.category() + " " + code);
            }
        });
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of("Expected all data fields of meter %s, but the measurement lacks %s."
                        .formatted(meter.code(), String.join(", ", lacking)));
    }

    private Measurement filled(RawElement raw, KnownMeter meter, int account, Instant start, Optional<Instant> end) {
        Identity identity = raw.uid()
                .<Identity>map(uid -> new Identity.Uid(call.organization(), Door.MEASUREMENTS, uid))
                .orElseGet(() -> new Identity.None(call.organization(), Door.MEASUREMENTS));
        MeasurementDraft draft = Measurement.draft(identity, meter.number(), meter.slots(), account, start);
        end.ifPresent(draft::until);
        raw.fields().forEach((code, sent) -> {
            KnownMeter.Target target = meter.targets().get(code);
            if (target == null) {
                draft.undefined(code, sent.value());
            } else {
                switch (sent.value()) {
                    case FieldValue.NumberValue(BigDecimal number) -> draft.number(target.slot(), number);
                    case FieldValue.TextValue(String text) -> draft.text(target.slot(), text);
                }
            }
        });
        Scope scope = name -> value(raw, name);
        meter.derived().forEach(derived -> derive(derived, scope, draft));
        return draft.freeze(call.receivedAt());
    }

    private static Value value(RawElement raw, String name) {
        RawElement.Sent sent = raw.fields().get(name);
        if (sent == null) {
            return Value.NOTHING;
        }
        return switch (sent.value()) {
            case FieldValue.NumberValue(BigDecimal number) -> new Value.Number(number);
            case FieldValue.TextValue(String text) -> new Value.Text(text);
        };
    }

    /** A calculation that fails leaves the field out; the measurement counts without it, and keeps the reason. */
    private static void derive(KnownMeter.Derived derived, Scope scope, MeasurementDraft draft) {
        DerivedField field = derived.field();
        switch (field.calculation().evaluate(scope)) {
            case Evaluated.Result(Value.Number(BigDecimal number))
            when derived.target().category().isNumeric() -> {
                switch (Decimals.limit(number)) {
                    case DecimalReading.Read(BigDecimal limited) ->
                        draft.derivedNumber(derived.target().slot(), limited);
                    case DecimalReading.Refused(String message) ->
                        draft.failedCalculation(field.code().value(), message);
                }
            }
            case Evaluated.Result(Value.Text(String text))
            when isText(derived, text) -> draft.derivedText(derived.target().slot(), text);
            case Evaluated.Result(Value other) ->
                draft.failedCalculation(
                        field.code().value(),
                        "Expected the calculation to give %s, but it gave %s."
                                .formatted(
                                        derived.target().category().isNumeric()
                                                ? "a number"
                                                : "a text of at most " + FieldValue.TextValue.LENGTH_MAX
                                                        + " characters",
                                        other));
            case Evaluated.CalculationError(String message) ->
                draft.failedCalculation(field.code().value(), message);
        }
    }

    private static boolean isText(KnownMeter.Derived derived, String text) {
        return !derived.target().category().isNumeric() && FieldValue.TextValue.isWellFormed(text);
    }

    private static Optional<Instant> time(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return instant.isBefore(FIRST) || instant.isAfter(LAST) ? Optional.empty() : Optional.of(instant);
        } catch (DateTimeException e) {
            return Optional.empty(); // the caller says what was expected
        }
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
