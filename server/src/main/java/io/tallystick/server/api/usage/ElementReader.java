package io.tallystick.server.api.usage;

import io.tallystick.catalog.DerivedField;
import io.tallystick.formula.Evaluated;
import io.tallystick.formula.Scope;
import io.tallystick.formula.Value;
import io.tallystick.quantity.DecimalReading;
import io.tallystick.quantity.Decimals;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Texts;
import io.tallystick.usage.Door;
import io.tallystick.usage.FieldValue;
import io.tallystick.usage.Identity;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.MeasurementDraft;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.Refusal.Reason;
import io.tallystick.usage.Submission;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
     * Each element's measurement, or why it is none. Accounts that have to be made are made for all of them at once.
     *
     * @param body the text that the elements came from, of which a refusal keeps its part
     */
    List<Submission.Element> read(List<RawElement> elements, byte[] body) {
        List<Checked> checked = elements.stream().map(this::checked).toList();
        Set<String> codes = checked.stream()
                .filter(Checked.Good.class::isInstance)
                .map(good -> ((Checked.Good) good).account())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<String, Directory.AccountLookup> accounts = directory.accounts(call.organization(), codes, call.author());
        return IntStream.range(0, elements.size())
                .mapToObj(index -> frozen(elements.get(index), checked.get(index), accounts, body))
                .toList();
    }

    private sealed interface Checked {
        /** Nothing is wrong with it so far as is known without its account. */
        record Good(KnownMeter meter, String account, Instant start, Optional<Instant> end) implements Checked {}

        record Bad(Reason reason, String text) implements Checked {}
    }

    private Submission.Element frozen(
            RawElement raw, Checked checked, Map<String, Directory.AccountLookup> accounts, byte[] body) {
        return switch (checked) {
            case Checked.Bad bad -> refusal(raw, bad, body);
            case Checked.Good good ->
                switch (Objects.requireNonNull(accounts.get(good.account()), "asked for above")) {
                    case Directory.AccountLookup.None(String text) ->
                        refusal(raw, new Checked.Bad(Reason.INVALID_ACCOUNT_CODE, text), body);
                    case Directory.AccountLookup.Found(int account) -> filled(raw, good, account);
                };
        };
    }

    private Refusal refusal(RawElement raw, Checked.Bad bad, byte[] body) {
        return new Refusal(
                call.organization(),
                Door.MEASUREMENTS,
                bad.reason(),
                bad.text(),
                raw.uid(),
                raw.meter(),
                raw.account(),
                raw.ts().flatMap(ElementReader::time),
                call.receivedAt(),
                new String(body, raw.start(), raw.end() - raw.start(), StandardCharsets.UTF_8));
    }

    private Checked checked(RawElement raw) {
        if (raw.fault().isPresent()) {
            return new Checked.Bad(raw.fault().get().reason(), raw.fault().get().text());
        }
        if (raw.meter().isEmpty() || raw.account().isEmpty() || raw.ts().isEmpty()) {
            return new Checked.Bad(
                    Reason.MISSING_FIELD,
                    "Expected meter, account and ts, but %s is absent."
                            .formatted(
                                    raw.meter().isEmpty()
                                            ? "meter"
                                            : raw.account().isEmpty() ? "account" : "ts"));
        }
        if (raw.uid().filter(uid -> !isUid(uid)).isPresent()) {
            return new Checked.Bad(
                    Reason.INVALID_UID,
                    "Expected a uid of 1 to %d well-formed characters, but it has %d."
                            .formatted(UID_LENGTH_MAX, raw.uid().get().length()));
        }
        return timed(raw, raw.meter().get(), raw.account().get(), raw.ts().get());
    }

    private Checked timed(RawElement raw, String meterCode, String accountCode, String ts) {
        Optional<Instant> start = time(ts);
        Optional<Instant> end = raw.ets().flatMap(ElementReader::time);
        if (start.isEmpty() || (raw.ets().isPresent() && end.isEmpty())) {
            return new Checked.Bad(
                    Reason.INVALID_TIMESTAMP,
                    "Expected %s to be a date-time with an offset or Z in the years 1 to 9999, such as 2024-12-12T20:36:00Z, but was \"%s\"."
                            .formatted(
                                    start.isEmpty() ? "ts" : "ets",
                                    Texts.shortened(
                                            start.isEmpty() ? ts : raw.ets().get())));
        }
        if (end.isPresent() && end.get().isBefore(start.get())) {
            return new Checked.Bad(
                    Reason.INVALID_TIMESTAMP,
                    "Expected ets at or after ts %s, but was %s.".formatted(start.get(), end.get()));
        }
        Instant latest = call.receivedAt().plus(aheadMax);
        if (start.get().isAfter(latest)) {
            return new Checked.Bad(
                    Reason.TIMESTAMP_IN_FUTURE,
                    "Expected ts to be at most %d hours ahead of now, %s, but was %s."
                            .formatted(aheadMax.toHours(), call.receivedAt(), start.get()));
        }
        Optional<KnownMeter> meter = directory.meter(call.organization(), meterCode);
        if (meter.isEmpty()) {
            return new Checked.Bad(
                    Reason.UNDEFINED_METER,
                    "Expected meter to be the code of a meter, but there is none with code \"%s\"."
                            .formatted(Texts.shortened(meterCode)));
        }
        Optional<String> lacking = lacking(raw, meter.get());
        if (lacking.isPresent()) {
            return new Checked.Bad(Reason.MISSING_FIELD, lacking.get());
        }
        return new Checked.Good(meter.get(), accountCode, start.get(), end);
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

    private Measurement filled(RawElement raw, Checked.Good good, int account) {
        KnownMeter meter = good.meter();
        Identity identity = raw.uid()
                .<Identity>map(uid -> new Identity.Uid(call.organization(), Door.MEASUREMENTS, uid))
                .orElseGet(() -> new Identity.None(call.organization(), Door.MEASUREMENTS));
        MeasurementDraft draft = Measurement.draft(identity, meter.number(), meter.slots(), account, good.start());
        good.end().ifPresent(draft::until);
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
}
