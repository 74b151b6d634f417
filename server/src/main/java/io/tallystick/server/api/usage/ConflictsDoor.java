package io.tallystick.server.api.usage;

import static java.util.stream.Collectors.toMap;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Kind;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.usage.Conflict;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfConflicts;
import io.tallystick.usage.StoredMeasurement;
import io.tallystick.usage.UsageStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code GET /organizations/{orgId}/measurements/conflicts}: measurements that did not count because their uid was taken,
 * the latest first, each beside the one that counts, with the names of what differs. Ours.
 */
public final class ConflictsDoor {
    private static final int PAGE_SIZE = 100;
    private static final int PAGE_SIZE_MAX = 200;

    /** Of no part in what a measurement says. */
    private static final String RECEIVED_AT = "receivedAt";

    private final Documents documents;
    private final UsageStore usage;

    public ConflictsDoor(Documents documents, UsageStore usage) {
        this.documents = documents;
        this.usage = usage;
    }

    public Answer list(Call call) {
        Faults faults = new Faults();
        KeptParameters parameters = KeptParameters.ofQuery(call, faults);
        Set<String> meters = parameters.texts("meter");
        Set<String> accounts = parameters.texts("account");
        Optional<KeptParameters.Token> token = parameters.token();
        OfConflicts filter = new OfConflicts(
                parameters.places(),
                numbers(Meter.KIND, call.organization(), meters),
                numbers(Account.KIND, call.organization(), accounts));
        KeptQuery<OfConflicts> query = new KeptQuery<>(
                call.organization(),
                filter,
                parameters.span("ts"),
                parameters.span("received"),
                token.map(KeptParameters.Token::asOf),
                token.map(KeptParameters.Token::after),
                parameters.number("pageSize", PAGE_SIZE_MAX, PAGE_SIZE));
        if (!faults.isEmpty()) {
            return Answer.problem(Problem.of(faults.found()));
        }
        // an empty set would stand for all
        boolean isOfNobody = (!meters.isEmpty() && filter.meters().isEmpty())
                || (!accounts.isEmpty() && filter.accounts().isEmpty());
        return isOfNobody
                ? Answer.ok(Json.obj().with("data", new Json.Arr(List.of())).build())
                : KeptParameters.answer(() -> answer(call.organization(), usage.conflicts(query)));
    }

    private Answer answer(OrganizationId organization, Conflict.Page page) {
        Map<Integer, Document<Meter>> meters = all(Meter.KIND, organization);
        Map<Integer, Document<Account>> accounts = all(Account.KIND, organization);
        Json.ObjBuilder body = Json.obj()
                .with(
                        "data",
                        new Json.Arr(page.conflicts().stream()
                                .map(conflict -> write(conflict, meters, accounts))
                                .toList()));
        page.next()
                .ifPresent(next ->
                        body.with(KeptParameters.NEXT_TOKEN, new KeptParameters.Token(page.watermark(), next).text()));
        return Answer.ok(body.build());
    }

    private static Json write(
            Conflict conflict, Map<Integer, Document<Meter>> meters, Map<Integer, Document<Account>> accounts) {
        Json.Obj uncounted = side(conflict, conflict.uncounted(), meters, accounts);
        Json.Obj counted = side(conflict, conflict.counted(), meters, accounts);
        return Json.obj()
                .with("id", KeptParameters.id(conflict.place()))
                .with("reason", "conflict")
                .with(
                        "message",
                        "Expected the same content as the measurement that has this uid, but it differs. The first one stays and counts.")
                .with("uid", conflict.uid())
                .with("receivedAt", conflict.uncounted().receivedAt().toString())
                .with(
                        "differences",
                        new Json.Arr(differences(uncounted, counted, "").stream()
                                .map(Json::of)
                                .toList()))
                .with("uncounted", uncounted)
                .with("counted", counted)
                .build();
    }

    private static Json.Obj side(
            Conflict conflict,
            Conflict.Version version,
            Map<Integer, Document<Meter>> meters,
            Map<Integer, Document<Account>> accounts) {
        StoredMeasurement measurement = new StoredMeasurement(
                new StoredMeasurement.Place(
                        0, conflict.place().commit(), conflict.place().position()),
                version.account(),
                conflict.door(),
                Optional.of(conflict.uid()),
                version.eventTime(),
                version.endTime(),
                version.receivedAt(),
                version.numbers(),
                version.texts(),
                version.remarks());
        Document<Meter> meter = Objects.requireNonNull(
                meters.get(version.meter()), "a meter with measurements is never deleted, one with conflicts neither");
        return MeasurementRows.write(
                meter.content(), measurement, Optional.ofNullable(accounts.get(version.account())));
    }

    /** Paths of members that one has and the other has not, or has with another value. */
    private static List<String> differences(Json.Obj some, Json.Obj others, String place) {
        Set<String> names = new TreeSet<>(some.members().keySet());
        names.addAll(others.members().keySet());
        names.remove(RECEIVED_AT);
        List<String> paths = new ArrayList<>();
        for (String name : names) {
            Optional<Json> left = some.member(name);
            Optional<Json> right = others.member(name);
            if (left.equals(right)) {
                continue;
            }
            Json.Obj empty = Json.obj().build();
            Json.Obj leftFields = left.orElse(empty) instanceof Json.Obj fields ? fields : empty;
            Json.Obj rightFields = right.orElse(empty) instanceof Json.Obj fields ? fields : empty;
            List<String> inside = differences(leftFields, rightFields, place + name + ".");
            paths.addAll(inside.isEmpty() ? List.of(place + name) : inside);
        }
        return paths;
    }

    private <T> Set<Integer> numbers(Kind<T> kind, OrganizationId organization, Set<String> codes) {
        Set<Integer> numbers = new HashSet<>();
        codes.forEach(code ->
                documents.findBy(kind, organization, "code", code).forEach(document -> numbers.add(document.number())));
        return numbers;
    }

    private <T> Map<Integer, Document<T>> all(Kind<T> kind, OrganizationId organization) {
        return documents.asOf(documents.watermark(), kind, organization).stream()
                .collect(toMap(Document::number, document -> document));
    }
}
