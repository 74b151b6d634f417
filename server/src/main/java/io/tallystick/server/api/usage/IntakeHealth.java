package io.tallystick.server.api.usage;

import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.json.Json;
import io.tallystick.server.metrics.Exposition;
import io.tallystick.server.metrics.Histogram;
import io.tallystick.server.metrics.Machine;
import io.tallystick.server.metrics.Requests;
import io.tallystick.usage.intake.IdentityBudget;
import io.tallystick.usage.intake.Intake;
import io.tallystick.usage.intake.IntakeCounts;
import io.tallystick.usage.intake.Tallied;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the intake does: {@code GET /organizations/{orgId}/measurements/health} for people and {@code GET /metrics} for
 * Prometheus. Both show the meters of the caller's organization alone; what belongs to no organization is in both.
 */
public final class IntakeHealth {
    private static final int NANO_DIGITS = 9;

    private final Documents documents;
    private final Intake intake;
    private final Histogram commits;
    private final Requests requests;

    /**
     * @param commits how long the intake's blocks took
     */
    public IntakeHealth(Documents documents, Intake intake, Histogram commits, Requests requests) {
        this.documents = documents;
        this.intake = intake;
        this.commits = commits;
        this.requests = requests;
    }

    /** Counts under the code of a meter; an empty one for what belongs to none. */
    private record Named(String meter, Tallied tallied) {}

    public Answer show(Call call) {
        IdentityBudget budget = intake.identityBudget();
        List<Json> sources = new ArrayList<>();
        named(call.organization()).forEach(named -> sources.add(json(named)));
        return Answer.ok(Json.obj()
                .with("asOf", call.receivedAt().toString())
                .with("queuedElements", intake.queued())
                .with(
                        "identities",
                        Json.obj()
                                .with("count", budget.identities())
                                .with("bytes", budget.bytes())
                                .with("bytesMax", budget.bytesMax())
                                .build())
                .with("meters", new Json.Arr(sources))
                .build());
    }

    /** What Prometheus reads; the meters are those of the organization. */
    public String exposition(OrganizationId organization) {
        Exposition out = new Exposition();
        List<Named> all = named(organization);
        out.family("tallystick_measurements_total", Exposition.Type.COUNTER, "Answered measurements by verdict.");
        all.forEach(named -> {
            IntakeCounts counts = named.tallied().total();
            verdict(out, named, "accepted", counts.accepted());
            verdict(out, named, "duplicate", counts.duplicates());
            verdict(out, named, "conflict", counts.conflicts());
            verdict(out, named, "refused", counts.refused());
        });
        out.family(
                "tallystick_late_measurements_total",
                Exposition.Type.COUNTER,
                "Accepted measurements whose time lay more than 24 h before their receipt.");
        all.forEach(named -> out.sample(
                "tallystick_late_measurements_total",
                labels(named),
                named.tallied().total().late()));
        out.family(
                "tallystick_measurement_lag_seconds",
                Exposition.Type.SUMMARY,
                "Between the time of accepted measurements and their receipt.");
        all.forEach(named -> {
            IntakeCounts counts = named.tallied().total();
            out.sample("tallystick_measurement_lag_seconds_sum", labels(named), seconds(counts.lagTotal()))
                    .sample("tallystick_measurement_lag_seconds_count", labels(named), counts.accepted());
        });
        writeIntake(out);
        requests.write(out);
        Machine.write(out);
        return out.text();
    }

    private void writeIntake(Exposition out) {
        IdentityBudget budget = intake.identityBudget();
        gauge(out, "tallystick_intake_queue_elements", "Elements that wait for their commit.", intake.queued());
        gauge(out, "tallystick_identities", "Uids that are remembered.", budget.identities());
        gauge(out, "tallystick_identity_bytes", "Memory that uids take.", budget.bytes());
        gauge(out, "tallystick_identity_budget_bytes", "Memory that uids may take.", budget.bytesMax());
        out.family(
                        "tallystick_intake_commit_seconds",
                        Exposition.Type.HISTOGRAM,
                        "Verdicts and commit of one block of measurements.")
                .histogram("tallystick_intake_commit_seconds", Map.of(), commits);
    }

    private static void gauge(Exposition out, String name, String help, long value) {
        out.family(name, Exposition.Type.GAUGE, help).sample(name, Map.of(), value);
    }

    private static void verdict(Exposition out, Named named, String verdict, long count) {
        Map<String, String> labels = new LinkedHashMap<>(labels(named));
        labels.put("verdict", verdict);
        out.sample("tallystick_measurements_total", labels, count);
    }

    private static Map<String, String> labels(Named named) {
        return Map.of("meter", named.meter());
    }

    private static Json json(Named named) {
        List<Json> minutes = named.tallied().minutes().stream()
                .<Json>map(minute -> counts(minute.counts())
                        .with("minute", minute.start().toString())
                        .build())
                .toList();
        return counts(named.tallied().total())
                .with("meter", named.meter())
                .with("minutes", new Json.Arr(minutes))
                .build();
    }

    private static Json.ObjBuilder counts(IntakeCounts counts) {
        return Json.obj()
                .with("accepted", counts.accepted())
                .with("duplicates", counts.duplicates())
                .with("conflicts", counts.conflicts())
                .with("refused", counts.refused())
                .with("late", counts.late())
                .with("lagMeanSeconds", seconds(counts.lagMean()))
                .with("lagMaxSeconds", seconds(counts.lagMax()));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS));
    }

    /** By the code of the meter: what was refused under the code of a living meter is that meter's. */
    private List<Named> named(OrganizationId organization) {
        Map<Integer, String> codes = new HashMap<>();
        for (Document<Meter> meter : documents.asOf(documents.watermark(), Meter.KIND, organization)) {
            codes.put(meter.number(), meter.content().code().value());
        }
        Set<String> known = Set.copyOf(codes.values());
        Map<String, Tallied> byCode = new TreeMap<>();
        intake.tally().of(organization).forEach(tallied -> {
            String code =
                    switch (tallied.source()) {
                        case Tallied.Source.Meter(int number) -> codes.getOrDefault(number, "");
                        case Tallied.Source.Code(String sent) -> known.contains(sent) ? sent : "";
                        case Tallied.Source.Other _ -> "";
                    };
            byCode.merge(code, tallied, Tallied::with);
        });
        return byCode.entrySet().stream()
                .map(entry -> new Named(entry.getKey(), entry.getValue()))
                .toList();
    }
}
