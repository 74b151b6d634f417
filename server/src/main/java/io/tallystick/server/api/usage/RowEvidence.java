package io.tallystick.server.api.usage;

import io.tallystick.account.Account;
import io.tallystick.document.Document;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.Shapes;
import io.tallystick.server.json.UsageQuestion;
import io.tallystick.server.json.UsageQuestion.DimensionFilter;
import io.tallystick.server.json.UsageQuestion.Group;
import io.tallystick.server.json.UsageQuestion.Wanted;
import io.tallystick.server.json.View;
import io.tallystick.time.Period;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageWatermark;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How many measurements stand behind a row, and the question whose answer is these measurements: the same meters, filters
 * and state, in the row's own bucket, of its account, with its texts.
 */
final class RowEvidence {
    /** Names and texts that all rows of one answer may repeat. */
    static final int REPEATED_MAX = 200_000;

    private final ResolvedQuestion question;
    private final UsageWatermark asOf;

    RowEvidence(ResolvedQuestion question, UsageWatermark asOf) {
        this.question = question;
        this.asOf = asOf;
    }

    /** How many names and texts each row repeats. */
    static int repeated(UsageQuestion asked) {
        boolean isByAccount = asked.groups().stream().anyMatch(Group.ByAccount.class::isInstance);
        return (isByAccount ? 1 : asked.accounts().size())
                + asked.filters().stream()
                        .mapToInt(filter -> filter.values().size())
                        .sum();
    }

    Json of(UsageAnswer.Row row, Optional<Document<Account>> account) {
        UsageQuestion asked = question.asked();
        List<DimensionFilter> filters = new ArrayList<>(asked.filters());
        List<Group.ByDimension> dimensions = question.dimensions();
        for (int i = 0; i < dimensions.size(); i++) {
            filters.add(new DimensionFilter(
                    dimensions.get(i).meter(),
                    dimensions.get(i).field(),
                    List.of(row.texts().get(i).<Wanted>map(Wanted.Text::new).orElseGet(Wanted.Absent::new))));
        }
        UsageQuestion measurements = new UsageQuestion(
                row.bucketStart().map(this::within).orElseGet(asked::period),
                question.aggregatedMeters(),
                account.map(known -> List.of(known.id())).orElseGet(asked::accounts),
                filters,
                List.of(),
                List.of(),
                ZoneOffset.UTC,
                List.of(),
                asked.limit(),
                Optional.of(asOf.value()),
                Optional.empty(),
                false);
        return Json.obj()
                .with("measurements", row.measurements())
                .with("measurementsQuery", Shapes.USAGE_QUESTION.write(measurements, View.WIRE))
                .build();
    }

    /** What of a bucket lies in the period that was asked about. */
    private Period within(Instant bucketStart) {
        List<Instant> edges = question.bucketEdges();
        Instant bucketEnd = edges.get(Collections.binarySearch(edges, bucketStart) + 1);
        Period asked = question.asked().period();
        return new Period(
                bucketStart.isBefore(asked.from()) ? asked.from() : bucketStart,
                bucketEnd.isAfter(asked.to()) ? asked.to() : bucketEnd);
    }
}
