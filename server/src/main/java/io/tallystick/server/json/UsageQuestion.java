package io.tallystick.server.json;

import io.tallystick.account.Account;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.time.BucketSize;
import io.tallystick.time.Period;
import java.util.List;

/**
 * A usage query as it was asked, before names are numbers. Source: m3ter API, Usage query.
 *
 * @param period event times that count
 * @param meters only these; empty: all
 * @param accounts only these; empty: all
 * @param filters on text fields; all must hold
 * @param aggregations what to compute; empty: the measurements themselves are wanted
 * @param groups what to compute it for
 * @param limit rows at most
 */
public record UsageQuestion(
        Period period,
        List<Id<Meter>> meters,
        List<Id<Account>> accounts,
        List<DimensionFilter> filters,
        List<Aggregated> aggregations,
        List<Group> groups,
        int limit) {
    public UsageQuestion {
        meters = List.copyOf(meters);
        accounts = List.copyOf(accounts);
        filters = List.copyOf(filters);
        aggregations = List.copyOf(aggregations);
        groups = List.copyOf(groups);
        if (aggregations.isEmpty() && !groups.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected aggregations to group, but there are groups without aggregations.");
        }
    }

    /** A text field of a meter has one of these values. */
    public record DimensionFilter(Id<Meter> meter, FieldCode field, List<String> values) {
        public DimensionFilter {
            values = List.copyOf(values);
        }
    }

    /** A function over a field of a meter. */
    public record Aggregated(Id<Meter> meter, FieldCode field, FieldType type, Function function) {}

    /** What a field holds, in the words of the query. */
    public enum FieldType {
        DIMENSION,
        MEASURE
    }

    /** One thing to group by. */
    public sealed interface Group {
        record ByAccount() implements Group {}

        record ByDimension(Id<Meter> meter, FieldCode field) implements Group {}

        record ByTime(BucketSize size) implements Group {}
    }
}
