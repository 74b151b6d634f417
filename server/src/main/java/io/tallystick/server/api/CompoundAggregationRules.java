package io.tallystick.server.api;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.document.Document;
import io.tallystick.formula.Formula;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.server.api.resource.Draft;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.AggregationJson;
import io.tallystick.server.json.Values;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The names in a calculation are codes of aggregations, simple or compound, each of one only and for as long as a
 * calculation names it; none needs itself, and not too many stand in each other.
 */
final class CompoundAggregationRules implements Rules<CompoundAggregation> {
    private static final String CALCULATION = "calculation";

    @Override
    public void complete(Values<CompoundAggregation> values, Draft<CompoundAggregation> draft) {
        Formula calculation = values.get(AggregationJson.Compound.CALCULATION);
        Map<String, String> aggregations = new TreeMap<>();
        Map<String, String> compounds = new TreeMap<>();
        for (String name : calculation.names()) {
            List<Document<Aggregation>> simple = simpleOf(name, draft);
            List<Document<CompoundAggregation>> compound = compoundOf(name, draft);
            simple.forEach(found -> aggregations.put(name, found.id().value()));
            compound.forEach(found -> compounds.put(name, found.id().value()));
            if (simple.isEmpty() && compound.isEmpty()) {
                draft.invalid(
                        CALCULATION,
                        "Expected calculation to name aggregations by their codes, but no aggregation and no compound aggregation has the code %s."
                                .formatted(name));
            }
        }
        values.set(AggregationJson.Compound.AGGREGATIONS, aggregations);
        values.set(AggregationJson.Compound.COMPOUNDS, compounds);
    }

    @Override
    public void check(CompoundAggregation content, Draft<CompoundAggregation> draft) {
        Nesting nesting = new Nesting(draft);
        nesting.circle(content)
                .ifPresentOrElse(
                        circle -> draft.invalid(
                                CALCULATION,
                                "Expected a calculation that does not need its own result, but %s would need it: %s."
                                        .formatted(content.name(), String.join(" -> ", circle))),
                        () -> {
                            int depth = nesting.below(content) + 1 + nesting.above(draft.id());
                            if (depth > CompoundAggregation.DEPTH_MAX) {
                                draft.invalid(
                                        CALCULATION,
                                        "Expected at most %d compound aggregations that stand in each other, but with this calculation there would be %d."
                                                .formatted(CompoundAggregation.DEPTH_MAX, depth));
                            }
                        });
    }

    @Override
    public Optional<Problem> contradiction(CompoundAggregation content, Draft<CompoundAggregation> draft) {
        return content.code()
                .flatMap(code -> simpleOf(code.value(), draft).stream()
                        .findFirst()
                        .map(other -> taken(code, Aggregation.KIND.name(), other.id())))
                .or(() -> namedByAnother(
                        draft, CompoundAggregation.COMPOUNDS, CompoundAggregation::code, content.code()));
    }

    /** A code that two have would leave open which of them a formula means. */
    static Problem taken(Code code, String kind, Id<?> other) {
        return Problem.of(
                Problem.Code.TAKEN,
                "Expected a code that no other aggregation has, simple or compound, because calculations name them by it, but %s %s has %s."
                        .formatted(kind, other, code));
    }

    static List<Document<CompoundAggregation>> compoundOf(String code, Draft<?> draft) {
        return draft.reading().findBy(CompoundAggregation.KIND, draft.organization(), "code", code);
    }

    private static List<Document<Aggregation>> simpleOf(String code, Draft<?> draft) {
        return draft.reading().findBy(Aggregation.KIND, draft.organization(), "code", code);
    }

    /**
     * Why a code cannot change, if it cannot: the calculations in which it stands would mean nothing.
     *
     * @param key by which they name what has the code
     */
    static <T> Optional<Problem> namedByAnother(
            Draft<T> draft, String key, Function<T, Optional<Code>> code, Optional<Code> now) {
        return draft.previous()
                .flatMap(previous -> code.apply(previous.content()))
                .filter(before -> !now.equals(Optional.of(before)))
                .flatMap(before -> users(draft, key, draft.id()).stream()
                        .findFirst()
                        .map(user -> Problem.of(
                                Problem.Code.IN_USE,
                                "Expected code %s to stay while compound aggregation %s names it in its calculation %s, but it would be %s. Change that calculation first."
                                        .formatted(
                                                before,
                                                user.id(),
                                                user.content().calculation(),
                                                now.map(Code::value).orElse("absent")))));
    }

    private static List<Document<CompoundAggregation>> users(Draft<?> draft, String key, Id<?> id) {
        return draft.reading().findBy(CompoundAggregation.KIND, draft.organization(), key, id.value());
    }

    /** Which compound aggregations stand in which others; each is looked at once. */
    private static final class Nesting {
        private final Draft<CompoundAggregation> draft;
        private final Map<Id<CompoundAggregation>, Integer> depths = new HashMap<>();
        private final Map<Id<CompoundAggregation>, Integer> heights = new HashMap<>();
        private final Set<Id<CompoundAggregation>> withoutCircle = new HashSet<>();

        Nesting(Draft<CompoundAggregation> draft) {
            this.draft = draft;
        }

        /** The names from one calculation to the next until the own one comes again. */
        Optional<List<String>> circle(CompoundAggregation content) {
            return circleThrough(content).map(names -> Stream.concat(
                            Stream.of(content.code().map(Code::value).orElseGet(content::name)), names.stream())
                    .toList());
        }

        private Optional<List<String>> circleThrough(CompoundAggregation content) {
            for (Map.Entry<String, Countable> input : content.inputs().entrySet()) {
                Optional<Id<CompoundAggregation>> nested = input.getValue().compound();
                if (nested.filter(draft.id()::equals).isPresent()) {
                    return Optional.of(List.of(input.getKey()));
                }
                Optional<List<String>> rest =
                        nested.filter(withoutCircle::add).flatMap(this::find).flatMap(this::circleThrough);
                if (rest.isPresent()) {
                    return rest.map(names -> Stream.concat(Stream.of(input.getKey()), names.stream())
                            .toList());
                }
            }
            return Optional.empty();
        }

        /** How many stand in each other in a calculation, at the deepest place. */
        int below(CompoundAggregation content) {
            return content.inputs().values().stream()
                    .flatMap(input -> input.compound().stream())
                    .mapToInt(this::depth)
                    .max()
                    .orElse(0);
        }

        private int depth(Id<CompoundAggregation> id) {
            Integer known = depths.get(id);
            int depth = known == null ? find(id).map(this::below).orElse(0) + 1 : known;
            depths.put(id, depth);
            return depth;
        }

        /** How many stand around it, in the longest row of calculations that need each other. */
        int above(Id<CompoundAggregation> id) {
            Integer known = heights.get(id);
            int height = known == null
                    ? users(draft, CompoundAggregation.COMPOUNDS, id).stream()
                            .mapToInt(user -> above(user.id()) + 1)
                            .max()
                            .orElse(0)
                    : known;
            heights.put(id, height);
            return height;
        }

        private Optional<CompoundAggregation> find(Id<CompoundAggregation> id) {
            return draft.reading()
                    .find(CompoundAggregation.KIND, draft.organization(), id)
                    .map(Document::content);
        }
    }
}
