package io.tallystick.server.api.usage;

import static java.util.stream.Collectors.toMap;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Kind;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.json.Json;
import io.tallystick.usage.Conflict;
import io.tallystick.usage.Door;
import io.tallystick.usage.StoredMeasurement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Measurements with one uid side by side, as they were sent, and the names of what differs.
 *
 * @param meters by number
 * @param accounts by number
 */
record Sides(Map<Integer, Document<Meter>> meters, Map<Integer, Document<Account>> accounts) {
    /** Of no part in what a measurement says. */
    private static final String RECEIVED_AT = "receivedAt";

    static Sides of(Documents documents, OrganizationId organization) {
        return new Sides(all(documents, Meter.KIND, organization), all(documents, Account.KIND, organization));
    }

    /** The numbers of the documents with these codes. */
    static <T> Set<Integer> numbers(Documents documents, Kind<T> kind, OrganizationId organization, Set<String> codes) {
        Set<Integer> numbers = new HashSet<>();
        codes.forEach(code ->
                documents.findBy(kind, organization, "code", code).forEach(document -> numbers.add(document.number())));
        return numbers;
    }

    Json.Obj write(Door door, String uid, Conflict.Version version) {
        StoredMeasurement measurement = new StoredMeasurement(
                new StoredMeasurement.Place(0, 0, 0),
                version.account(),
                door,
                Optional.of(uid),
                version.eventTime(),
                version.endTime(),
                version.receivedAt(),
                version.numbers(),
                version.texts(),
                version.remarks());
        Document<Meter> meter = Objects.requireNonNull(
                meters.get(version.meter()),
                "a meter with measurements is never deleted, one with conflicts or corrections neither");
        return MeasurementRows.write(
                meter.content(), measurement, Optional.ofNullable(accounts.get(version.account())));
    }

    /** Paths of members that one has and the other has not, or has with another value. */
    static Json differences(Json.Obj some, Json.Obj others) {
        return new Json.Arr(differences(some, others, "").stream().map(Json::of).toList());
    }

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

    private static <T> Map<Integer, Document<T>> all(Documents documents, Kind<T> kind, OrganizationId organization) {
        return documents.asOf(documents.watermark(), kind, organization).stream()
                .collect(toMap(Document::number, document -> document));
    }
}
