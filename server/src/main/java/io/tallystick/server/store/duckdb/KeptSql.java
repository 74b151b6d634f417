package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.joining;

import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.Micros;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What refusals, conflicts and corrections are chosen by alike: conditions made of our words and of numbers, texts as parameters. */
final class KeptSql {
    private final Dialect dialect;
    private final List<String> conditions = new ArrayList<>();
    private final List<String> parameters = new ArrayList<>();

    /**
     * @param asOf the last commit that counts
     */
    KeptSql(Dialect dialect, KeptQuery<?> query, long asOf) {
        this.dialect = dialect;
        conditions.add("kept.organization = ?");
        parameters.add(query.organization().value());
        conditions.add("kept.seq <= " + asOf);
        within("kept.ts", query.eventTime());
        within("kept.received_at", query.receivedAt());
        query.after()
                .ifPresent(place -> conditions.add("(kept.seq < " + place.commit() + " OR (kept.seq = " + place.commit()
                        + " AND kept.position < " + place.position() + "))"));
    }

    KeptSql and(String condition) {
        conditions.add(condition);
        return this;
    }

    /** A column has one of these texts; of none, anything. */
    KeptSql oneOf(String column, Collection<String> texts) {
        if (!texts.isEmpty()) {
            conditions.add(column + " IN (" + texts.stream().map(_ -> "?").collect(joining(", ")) + ")");
            parameters.addAll(texts);
        }
        return this;
    }

    /** A column has one of these numbers; of none, anything. */
    KeptSql numbered(String column, Set<Integer> numbers) {
        if (!numbers.isEmpty()) {
            conditions.add(column + " IN (" + dialect.wholeNumbersOfParameter() + ")");
            parameters.add(numbers.stream().map(String::valueOf).collect(joining(",")));
        }
        return this;
    }

    /** One of two columns has one of these numbers; of none, anything. */
    KeptSql numberedEither(String one, String other, Set<Integer> numbers) {
        if (!numbers.isEmpty()) {
            String list = dialect.wholeNumbersOfParameter();
            conditions.add("(" + one + " IN (" + list + ") OR " + other + " IN (" + list + "))");
            String parameter = numbers.stream().map(String::valueOf).collect(joining(","));
            parameters.add(parameter);
            parameters.add(parameter);
        }
        return this;
    }

    /** It stands at one of these places; of none, anywhere. */
    KeptSql at(Set<Place> places) {
        if (!places.isEmpty()) {
            conditions.add(places.stream()
                    .map(place -> "(" + place.commit() + ", " + place.position() + ")")
                    .collect(joining(", ", "(kept.seq, kept.position) IN (", ")")));
        }
        return this;
    }

    /** The rows that pass, the latest first. */
    Session.Rendered page(String select, int limit) {
        return new Session.Rendered(
                select + where() + " ORDER BY kept.seq DESC, kept.position DESC LIMIT " + limit, parameters);
    }

    /** How many rows pass. */
    Session.Rendered count(String from) {
        return new Session.Rendered("SELECT count(*)" + from + where(), parameters);
    }

    private String where() {
        return " WHERE " + String.join(" AND ", conditions);
    }

    private void within(String column, KeptQuery.Span span) {
        span.from().ifPresent(from -> conditions.add(column + " >= " + dialect.time(Micros.ceiling(from))));
        span.to().ifPresent(to -> conditions.add(column + " < " + dialect.time(Micros.ceiling(to))));
    }
}
