package io.tallystick.server.api;

import io.tallystick.account.Account;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Slots;
import io.tallystick.document.Document;
import io.tallystick.id.FieldCode;
import io.tallystick.server.http.Problem;
import io.tallystick.time.Period;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfConflicts;
import io.tallystick.usage.KeptQuery.Filter.OfCorrections;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageQuery.Slot;
import io.tallystick.usage.UsageStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Whether measurements speak of a meter, a field or an account. */
final class InUse {
    /** Every time that a measurement can have. */
    private static final Period EVER =
            new Period(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));

    private final UsageStore usage;

    InUse(UsageStore usage) {
        this.usage = usage;
    }

    /** Whether any measurement of the meter has a value for the field. */
    boolean isCarried(Document<Meter> meter, FieldCode code) {
        Slots slots = meter.content().slots();
        OptionalInt number = slots.number(code);
        OptionalInt text = slots.text(code);
        List<UsageQuery.Measure> counts = new ArrayList<>();
        number.ifPresent(index -> counts.add(new UsageQuery.Measure(Function.COUNT, new Slot.NumberSlot(index))));
        text.ifPresent(index -> counts.add(new UsageQuery.Measure(Function.COUNT, new Slot.TextSlot(index))));
        return !counts.isEmpty()
                && count(meter, new UsageQuery.Accounts.All(), counts).rows().stream()
                        .flatMap(row -> row.values().stream())
                        .flatMap(Optional::stream)
                        .anyMatch(value -> value.compareTo(BigDecimal.ZERO) > 0);
    }

    /** Why a meter cannot go: it has measurements. */
    Optional<Problem> ofMeter(Document<Meter> meter) {
        long measurements = measurements(meter, new UsageQuery.Accounts.All());
        return measurements == 0 && !isKept(meter)
                ? Optional.empty()
                : Optional.of(Problem.of(
                        Problem.Code.IN_USE,
                        "Expected a meter without measurements, but meter %s has %d%s."
                                .formatted(
                                        meter.content().code(),
                                        measurements,
                                        measurements == 0 ? " and a conflict or a correction, which is kept" : "")));
    }

    /** What was kept beside what counts is read by the fields of its meters. */
    private boolean isKept(Document<Meter> meter) {
        return !usage.corrections(KeptQuery.latest(
                                meter.organization(), new OfCorrections(Set.of(), Set.of(meter.number()), Set.of()), 1))
                        .corrections()
                        .isEmpty()
                || !usage.conflicts(KeptQuery.latest(
                                meter.organization(), new OfConflicts(Set.of(), Set.of(meter.number()), Set.of()), 1))
                        .conflicts()
                        .isEmpty();
    }

    /** Why an account cannot go: some meter has measurements of it. */
    Optional<Problem> ofAccount(Document<Account> account, List<Document<Meter>> meters) {
        return meters.stream()
                .filter(meter -> measurements(meter, new UsageQuery.Accounts.Only(Set.of(account.number()))) > 0)
                .findFirst()
                .map(meter -> Problem.of(
                        Problem.Code.IN_USE,
                        "Expected an account without measurements, but account %s has some of meter %s."
                                .formatted(
                                        account.content().code(),
                                        meter.content().code())));
    }

    private long measurements(Document<Meter> meter, UsageQuery.Accounts accounts) {
        List<UsageQuery.Measure> any = List.of(
                new UsageQuery.Measure(Function.COUNT, anySlot(meter.content().slots())));
        return count(meter, accounts, any).rows().stream()
                .mapToLong(UsageAnswer.Row::measurements)
                .sum();
    }

    private static Slot anySlot(Slots slots) {
        return slots.numbers().isEmpty() ? new Slot.TextSlot(0) : new Slot.NumberSlot(0);
    }

    private UsageAnswer count(Document<Meter> meter, UsageQuery.Accounts accounts, List<UsageQuery.Measure> measures) {
        return usage.ask(new UsageQuery(
                meter.number(), EVER, accounts, List.of(), measures, UsageQuery.Grouping.NONE, Optional.empty(), 1));
    }
}
