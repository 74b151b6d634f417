package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.account.Account;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.server.json.UsageQuestion.Aggregated;
import io.tallystick.server.json.UsageQuestion.DimensionFilter;
import io.tallystick.server.json.UsageQuestion.FieldType;
import io.tallystick.server.json.UsageQuestion.Group;
import io.tallystick.time.BucketSize;
import io.tallystick.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A usage query as JSON. Source: m3ter API, Usage query. */
final class UsageQuestionJson {
    private static final int LIST_MAX = 10_000;
    private static final int LIMIT = 10_000;
    private static final int LIMIT_MAX = 20_000;

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

    static final Shape<UsageQuestion> SHAPE = Shape.of(
            values -> new UsageQuestion(
                    new Period(values.get(START), values.get(END)),
                    values.find(METERS).orElseGet(List::of),
                    values.find(ACCOUNTS).orElseGet(List::of),
                    values.find(FILTERS).orElseGet(List::of),
                    values.find(AGGREGATIONS).orElseGet(List::of),
                    values.find(GROUPS).orElseGet(List::of),
                    values.find(LIMIT_FIELD).orElse(LIMIT)),
            START,
            END,
            METERS,
            ACCOUNTS,
            FILTERS,
            AGGREGATIONS,
            GROUPS,
            LIMIT_FIELD);

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
        private static final Field<DimensionFilter, List<String>> VALUES =
                required("values", Types.list(Types.text(0, 4096), 1, LIST_MAX), DimensionFilter::values);

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
