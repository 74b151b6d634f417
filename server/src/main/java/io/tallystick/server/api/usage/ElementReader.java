package io.tallystick.server.api.usage;

import io.tallystick.catalog.DerivedField;
import io.tallystick.formula.Evaluated;
import io.tallystick.formula.Scope;
import io.tallystick.formula.Value;
import io.tallystick.quantity.DecimalReading;
import io.tallystick.quantity.Decimals;
import io.tallystick.server.api.usage.RawElement.Fault;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Texts;
import io.tallystick.usage.Door;
import io.tallystick.usage.FieldValue;
import io.tallystick.usage.Identity;
import io.tallystick.usage.MeasurementDraft;
import io.tallystick.usage.Micros;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.Refusal.Reason;
import io.tallystick.usage.Submission;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonParser;

/**
 * Freezes the elements of one request: codes become numbers, derived fields are computed, and whatever is wrong with one
 * makes a refusal of it. Everything that needs a clock or the catalogue is decided here and never again.
 *
 * <p>{@link #read} takes the elements one after the other and changes nothing; {@link #finish} may make accounts.
 */
final class ElementReader {
    /** Source: m3ter API, measurement {@code uid}. */
    private static final int UID_LENGTH_MAX = 50;

    private final Directory directory;
    private final Duration aheadMax;
    private final Call call;
    private final byte[] body;
    private final RawElement raw;
    private final long receivedMicros;
    private final List<Read> elements = new ArrayList<>();

    /**
     * @param aheadMax how far ahead of now an event may be
     * @param body the text that the elements come from, of which a refusal keeps its part
     */
    ElementReader(Directory directory, Duration aheadMax, Call call, byte[] body) {
        this.directory = directory;
        this.aheadMax = aheadMax;
        this.call = call;
        this.body = body;
        this.raw = new RawElement();
        this.receivedMicros = Micros.floor(call.receivedAt());
    }

    /** An element as far as it is known before accounts are looked up that nobody asked for lately. */
    private sealed interface Read {
        record Known(Submission.Element element) implements Read {}

        /**
         * Only its account is open.
         *
         * @param origin what a refusal of it would keep
         */
        record Open(MeasurementDraft draft, String account, Origin origin) implements Read {}
    }

    /** Where an element stands in the body, and who it says it is. */
    private record Origin(int start, int end, Optional<String> uid, Optional<String> meter, Optional<Instant> ts) {}

    /** Reads the element at the parser's current token, and leaves the parser at its last one. */
    void read(JsonParser parser) {
        raw.read(parser);
        elements.add(checked());
    }

    /** How many were read. */
    int count() {
        return elements.size();
    }

    /** Each element's measurement, or why it is none. Accounts that have to be made are made for all of them at once. */
    List<Submission.Element> finish() {
        Map<String, Directory.AccountLookup> accounts = openAccounts();
        List<Submission.Element> finished = new ArrayList<>(elements.size());
        for (Read element : elements) {
            finished.add(
                    switch (element) {
                        case Read.Known(Submission.Element known) -> known;
                        case Read.Open open ->
                            switch (Objects.requireNonNull(accounts.get(open.account()), "looked up above")) {
                                case Directory.AccountLookup.Found(int number) ->
                                    open.draft().account(number).freeze(receivedMicros);
                                case Directory.AccountLookup.None(String text) ->
                                    refusal(
                                            new Fault(Reason.INVALID_ACCOUNT_CODE, text),
                                            open.origin(),
                                            Optional.of(open.account()));
                            };
                    });
        }
        return finished;
    }

    private Map<String, Directory.AccountLookup> openAccounts() {
        Set<String> codes = new LinkedHashSet<>();
        for (Read element : elements) {
            if (element instanceof Read.Open open) {
                codes.add(open.account());
            }
        }
        return codes.isEmpty() ? Map.of() : directory.accounts(call.organization(), codes, call.author());
    }

    private Refusal refusal(Fault fault, Origin origin, Optional<String> account) {
        return new Refusal(
                call.organization(),
                Door.MEASUREMENTS,
                fault.reason(),
                fault.text(),
                origin.uid(),
                origin.meter(),
                account,
                origin.ts(),
                call.receivedAt(),
                new String(body, origin.start(), origin.end() - origin.start(), StandardCharsets.UTF_8));
    }

    private Origin origin() {
        return new Origin(
                raw.start(),
                raw.end(),
                raw.uid(),
                raw.meter(),
                raw.ts().filter(RawElement.SentTime::isTime).map(time -> Micros.instant(time.micros())));
    }

    private Read bad(Fault fault) {
        return new Read.Known(refusal(fault, origin(), raw.account()));
    }

    private Read bad(Reason reason, String text) {
        return bad(new Fault(reason, text));
    }

    private Read checked() {
        if (raw.fault().isPresent()) {
            return bad(raw.fault().get());
        }
        if (raw.meter().isEmpty() || raw.account().isEmpty() || raw.ts().isEmpty()) {
            return bad(
                    Reason.MISSING_FIELD,
                    "Expected meter, account and ts, but %s is absent."
                            .formatted(
                                    raw.meter().isEmpty()
                                            ? "meter"
                                            : raw.account().isEmpty() ? "account" : "ts"));
        }
        if (raw.uid().isPresent() && !isUid(raw.uid().get())) {
            return bad(
                    Reason.INVALID_UID,
                    "Expected a uid of 1 to %d well-formed characters, but it has %d."
                            .formatted(UID_LENGTH_MAX, raw.uid().get().length()));
        }
        return timed(raw.meter().get(), raw.account().get(), raw.ts().get());
    }

    private Read timed(String meterCode, String accountCode, RawElement.SentTime ts) {
        RawElement.SentTime ets = raw.ets().orElse(ts);
        if (!ts.isTime() || !ets.isTime()) {
            return bad(
                    Reason.INVALID_TIMESTAMP,
                    "Expected %s to be a date-time with an offset or Z in the years 1 to 9999, such as 2024-12-12T20:36:00Z, but was \"%s\"."
                            .formatted(
                                    ts.isTime() ? "ets" : "ts", Texts.shortened(ts.isTime() ? ets.text() : ts.text())));
        }
        if (ets.micros() < ts.micros()) {
            return bad(
                    Reason.INVALID_TIMESTAMP,
                    "Expected ets at or after ts %s, but was %s."
                            .formatted(Micros.instant(ts.micros()), Micros.instant(ets.micros())));
        }
        if (ts.micros() > Micros.floor(call.receivedAt().plus(aheadMax))) {
            return bad(
                    Reason.TIMESTAMP_IN_FUTURE,
                    "Expected ts to be at most %d hours ahead of now, %s, but was %s."
                            .formatted(aheadMax.toHours(), call.receivedAt(), Micros.instant(ts.micros())));
        }
        Optional<KnownMeter> meter = directory.meter(call.organization(), meterCode);
        return meter.isPresent()
                ? filled(meter.get(), accountCode, ts.micros())
                : bad(
                        Reason.UNDEFINED_METER,
                        "Expected meter to be the code of a meter, but there is none with code \"%s\"."
                                .formatted(Texts.shortened(meterCode)));
    }

    private static boolean isUid(String uid) {
        return uid.length() <= UID_LENGTH_MAX && Identity.Uid.isWellFormed(uid);
    }

    /** Every data field that the meter defines has to be there, under the key of its category. */
    private Read filled(KnownMeter meter, String accountCode, long eventMicros) {
        MeasurementDraft draft = meter.row().draft(identity(), eventMicros);
        raw.ets().ifPresent(end -> draft.until(end.micros()));
        SentFields fields = raw.fields();
        int found = 0;
        for (int place = 0; place < fields.size(); place++) {
            KnownMeter.Target target = meter.targets().get(fields.code(place));
            if (target == null) {
                draft.undefined(fields.code(place), fields.value(place));
            } else if (target.category() == fields.category(place)) {
                found++;
                fill(draft, target.slot(), fields, place);
            }
        }
        if (found < meter.targets().size()) {
            return bad(Reason.MISSING_FIELD, lacking(meter));
        }
        for (KnownMeter.Derived derived : meter.derived()) {
            derive(derived, this::value, draft);
        }
        OptionalInt account = directory.account(call.organization(), accountCode);
        return account.isPresent()
                ? new Read.Known(draft.account(account.getAsInt()).freeze(receivedMicros))
                : new Read.Open(draft, accountCode, origin());
    }

    private static void fill(MeasurementDraft draft, int slot, SentFields fields, int place) {
        if (fields.isCompact(place)) {
            draft.number(slot, fields.millionths(place));
        } else {
            switch (fields.value(place)) {
                case FieldValue.NumberValue(BigDecimal number) -> draft.number(slot, number);
                case FieldValue.TextValue(String text) -> draft.text(slot, text);
            }
        }
    }

    private Identity identity() {
        return raw.uid()
                .<Identity>map(uid -> new Identity.Uid(call.organization(), Door.MEASUREMENTS, uid))
                .orElseGet(() -> new Identity.None(call.organization(), Door.MEASUREMENTS));
    }

    private String lacking(KnownMeter meter) {
        TreeSet<String> lacking = new TreeSet<>();
        meter.targets().forEach((code, target) -> {
            int place = raw.fields().find(code);
            if (place < 0 || raw.fields().category(place) != target.category()) {
                lacking.add(target.category() + " " + code);
            }
        });
        return "Expected all data fields of meter %s, but the measurement lacks %s."
                .formatted(meter.code(), String.join(", ", lacking));
    }

    private Value value(String name) {
        int place = raw.fields().find(name);
        if (place < 0) {
            return Value.NOTHING;
        }
        return switch (raw.fields().value(place)) {
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
}
