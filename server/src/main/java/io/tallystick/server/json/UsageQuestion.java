package io.tallystick.server.json;

import io.tallystick.account.Account;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.time.BucketSize;
import io.tallystick.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A usage query as it was asked, before names are numbers. Source: m3ter API, Usage query.
 *
 * @param period event times that count
 * @param meters only these; empty: all
 * @param accounts only these; empty: all
 * @param filters on text fields; all must hold
 * @param aggregations what to compute; empty: the measurements themselves are wanted
 * @param groups what to compute it for
 * @param zone whose hours and days a group by time has
 * @param sorting by which keys of a row, before the limit cuts any off; empty: in the natural order
 * @param limit rows at most
 * @param watermark the state to answer from, as an earlier answer named it; absent: the present one
 * @param nextToken where the page before ended
 * @param explain whether to say what stands behind the answer
 */
public record UsageQuestion(
        Period period,
        List<Id<Meter>> meters,
        List<Id<Account>> accounts,
        List<DimensionFilter> filters,
        List<Aggregated> aggregations,
        List<Group> groups,
        ZoneId zone,
        List<Sort> sorting,
        int limit,
        Optional<String> watermark,
        Optional<String> nextToken,
        boolean explain) {
    public UsageQuestion {
        meters = List.copyOf(meters);
        accounts = List.copyOf(accounts);
        filters = List.copyOf(filters);
        aggregations = aggregations.stream().distinct().toList();
        groups = groups.stream().distinct().toList();
        sorting = List.copyOf(sorting);
        if (aggregations.isEmpty() && !groups.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected aggregations to group, but there are groups without aggregations.");
        }
        if (nextToken.isPresent() && !aggregations.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected nextToken in a query for measurements, but there are aggregations, whose rows have no pages: ask with a larger limit, a shorter period or fewer accounts.");
        }
    }

    /** What a text field may have to match a filter. */
    public sealed interface Wanted {
        record Text(String value) implements Wanted {}

        /** The measurement does not carry the field. */
        record Absent() implements Wanted {}
    }

    /** A text field of a meter has one of these values. */
    public record DimensionFilter(Id<Meter> meter, FieldCode field, List<Wanted> values) {
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

    /** One key of a row to sort by. */
    public record Sort(String key, Direction direction) {}

    /** Which end comes first. */
    public enum Direction {
        ASC,
        DESC
    }

    /** One thing to group by. */
    public sealed interface Group {
        record ByAccount() implements Group {}

        record ByDimension(Id<Meter> meter, FieldCode field) implements Group {}

        record ByTime(BucketSize size) implements Group {}
    }
}
