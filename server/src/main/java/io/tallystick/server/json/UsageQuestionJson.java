package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.account.Account;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.server.json.Type.ReadContext;
import io.tallystick.server.json.UsageQuestion.Aggregated;
import io.tallystick.server.json.UsageQuestion.DimensionFilter;
import io.tallystick.server.json.UsageQuestion.Direction;
import io.tallystick.server.json.UsageQuestion.FieldType;
import io.tallystick.server.json.UsageQuestion.Group;
import io.tallystick.server.json.UsageQuestion.Sort;
import io.tallystick.server.json.UsageQuestion.Wanted;
import io.tallystick.time.BucketSize;
import io.tallystick.time.Period;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** A usage query as JSON. Source: m3ter API, Usage query. */
final class UsageQuestionJson {
    private static final int LIST_MAX = 10_000;
    private static final int LIMIT = 10_000;
    private static final int LIMIT_MAX = 20_000;
    private static final int TOKEN_LENGTH_MAX = 200;

    private static final Field<UsageQuestion, Instant> START =
            required("startDate", Types.INSTANT, question -> question.period().from());
    private static final Field<UsageQuestion, Instant> END =
            required("endDate", Types.INSTANT, question -> question.period().to());
    private static final Field<UsageQuestion, List<Id<Meter>>> METERS =
            list("meterIds", Types.id(), UsageQuestion::meters);
    private static final Field<UsageQuestion, List<Id<Account>>> ACCOUNTS =
            list("accountIds", Types.id(), UsageQuestion::accounts);
    private static final Field<UsageQuestion, List<DimensionFilter>> FILTERS =
            list("dimensionFilters", Filters.SHAPE.asType(), UsageQuestion::filters);
    private static final Field<UsageQuestion, List<Aggregated>> AGGREGATIONS =
            list("aggregations", Aggregations.SHAPE.asType(), UsageQuestion::aggregations);
    private static final Field<UsageQuestion, List<Group>> GROUPS =
            list("groups", Groups.SHAPE.asType(), UsageQuestion::groups);
    private static final Field<UsageQuestion, Integer> LIMIT_FIELD =
            optional("limit", Types.integer(1, LIMIT_MAX), question -> Optional.of(question.limit()));

    private static final Field<UsageQuestion, ZoneId> ZONE =
            optional("timezone", Types.ZONE, question -> Optional.of(question.zone()));
    private static final Field<UsageQuestion, List<Sort>> SORTING =
            list("sort", Sorting.SHAPE.asType(), UsageQuestion::sorting);
    private static final Field<UsageQuestion, String> WATERMARK =
            optional("watermark", Types.text(1, TOKEN_LENGTH_MAX), UsageQuestion::watermark);
    private static final Field<UsageQuestion, String> NEXT_TOKEN =
            optional("nextToken", Types.text(1, TOKEN_LENGTH_MAX), UsageQuestion::nextToken);
    private static final Field<UsageQuestion, Boolean> EXPLAIN =
            optional("explain", Types.FLAG, question -> Optional.of(question.explain()));

    static final Shape<UsageQuestion> SHAPE = Shape.of(
            values -> new UsageQuestion(
                    new Period(values.get(START), values.get(END)),
                    values.find(METERS).orElseGet(List::of),
                    values.find(ACCOUNTS).orElseGet(List::of),
                    values.find(FILTERS).orElseGet(List::of),
                    values.find(AGGREGATIONS).orElseGet(List::of),
                    values.find(GROUPS).orElseGet(List::of),
                    values.find(ZONE).orElse(ZoneOffset.UTC),
                    values.find(SORTING).orElseGet(List::of),
                    values.find(LIMIT_FIELD).orElse(LIMIT),
                    values.find(WATERMARK),
                    values.find(NEXT_TOKEN),
                    values.find(EXPLAIN).orElse(false)),
            START,
            END,
            METERS,
            ACCOUNTS,
            FILTERS,
            AGGREGATIONS,
            GROUPS,
            ZONE,
            SORTING,
            LIMIT_FIELD,
            WATERMARK,
            NEXT_TOKEN,
            EXPLAIN);

    private UsageQuestionJson() {}

    private static <V> Field<UsageQuestion, List<V>> list(
            String name, Type<V> type, java.util.function.Function<UsageQuestion, List<V>> from) {
        return optional(name, Types.list(type, 0, LIST_MAX), question -> Optional.of(from.apply(question)));
    }

    private static final class Filters {
        private static final Field<DimensionFilter, Id<Meter>> METER =
                required("meterId", Types.id(), DimensionFilter::meter);
        private static final Field<DimensionFilter, FieldCode> FIELD =
                required("fieldCode", Types.FIELD_CODE, DimensionFilter::field);
        private static final Field<DimensionFilter, List<Wanted>> VALUES =
                required("values", Types.list(new WantedType(), 1, LIST_MAX), DimensionFilter::values);

        static final Shape<DimensionFilter> SHAPE = Shape.of(
                values -> new DimensionFilter(values.get(METER), values.get(FIELD), values.get(VALUES)),
                METER,
                FIELD,
                VALUES);
    }

    private static final class Aggregations {
        private static final Field<Aggregated, Id<Meter>> METER = required("meterId", Types.id(), Aggregated::meter);
        private static final Field<Aggregated, FieldCode> FIELD =
                required("fieldCode", Types.FIELD_CODE, Aggregated::field);
        private static final Field<Aggregated, FieldType> TYPE =
                required("fieldType", Types.choice(FieldType.class), Aggregated::type);
        private static final Field<Aggregated, Function> FUNCTION =
                required("function", Types.choice(Function.class), Aggregated::function);

        static final Shape<Aggregated> SHAPE = Shape.of(
                values -> new Aggregated(values.get(METER), values.get(FIELD), values.get(TYPE), values.get(FUNCTION)),
                METER,
                FIELD,
                TYPE,
                FUNCTION);
    }

    /** A text; null for measurements without one, as rows show them. */
    private static final class WantedType implements Type<Wanted> {
        private final Type<String> text = Types.text(0, 4096);

        @Override
        public Optional<Wanted> read(Json json, String field, ReadContext context) {
            return json instanceof Json.Null
                    ? Optional.of(new Wanted.Absent())
                    : text.read(json, field, context).map(Wanted.Text::new);
        }

        @Override
        public Json write(Wanted wanted, View view) {
            return switch (wanted) {
                case Wanted.Text(String value) -> Json.of(value);
                case Wanted.Absent _ -> new Json.Null();
            };
        }
    }

    private static final class Sorting {
        private static final Field<Sort, String> KEY = required("sortBy", Types.text(1, 300), Sort::key);
        private static final Field<Sort, Direction> DIRECTION =
                optional("sortOrder", Types.choice(Direction.class), sort -> Optional.of(sort.direction()));

        static final Shape<Sort> SHAPE = Shape.of(
                values -> new Sort(values.get(KEY), values.find(DIRECTION).orElse(Direction.ASC)), KEY, DIRECTION);
    }

    private static final class Groups {
        /** What a group's other fields are for. */
        private enum GroupType {
            ACCOUNT,
            DIMENSION,
            TIME
        }

        private static final Field<Group, GroupType> TYPE =
                required("groupType", Types.choice(GroupType.class), Groups::type);
        private static final Field<Group, Id<Meter>> METER = optional(
                "meterId",
                Types.id(),
                group -> group instanceof Group.ByDimension(Id<Meter> meter, var _)
                        ? Optional.of(meter)
                        : Optional.empty());
        private static final Field<Group, FieldCode> FIELD = optional(
                "fieldCode",
                Types.FIELD_CODE,
                group -> group instanceof Group.ByDimension(var _, FieldCode field)
                        ? Optional.of(field)
                        : Optional.empty());
        private static final Field<Group, BucketSize> FREQUENCY = optional(
                "frequency",
                Types.choice(BucketSize.class),
                group -> group instanceof Group.ByTime(BucketSize size) ? Optional.of(size) : Optional.empty());

        static final Shape<Group> SHAPE = Shape.of(Groups::make, TYPE, METER, FIELD, FREQUENCY);

        private static Group make(Values<Group> values) {
            return switch (values.get(TYPE)) {
                case ACCOUNT -> new Group.ByAccount();
                case DIMENSION ->
                    new Group.ByDimension(needed(values.find(METER), METER), needed(values.find(FIELD), FIELD));
                case TIME -> new Group.ByTime(needed(values.find(FREQUENCY), FREQUENCY));
            };
        }

        private static <V> V needed(Optional<V> value, Field<Group, V> field) {
            return value.orElseThrow(() -> new IllegalArgumentException(
                    "Expected a group of this groupType to have the field %s, but it is absent."
                            .formatted(field.name())));
        }

        private static GroupType type(Group group) {
            return switch (group) {
                case Group.ByAccount _ -> GroupType.ACCOUNT;
                case Group.ByDimension _ -> GroupType.DIMENSION;
                case Group.ByTime _ -> GroupType.TIME;
            };
        }
    }
}
