package io.tallystick.billing;

import io.tallystick.billing.Figures.Question;
import io.tallystick.billing.compound.Compounds;
import io.tallystick.billing.compound.Counted;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.Segment;
import io.tallystick.catalog.UnitSize;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.rating.Earlier;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A stretch of the billing period in which one price of an aggregation, or of one of its segments, is in force, or none is.
 *
 * @param tally whose units are counted in it
 * @param inputs what is measured for it: one aggregation, or those that a formula is given
 * @param segment whose usage it is; absent: all usage, or, where the aggregation has segments, what belongs to none
 * @param pricing the price in force; absent: the aggregation has prices, but none of this usage at this time
 * @param before what has to be known about usage that fills the bands already; absent: they start empty
 */
record Stretch(
        Tally tally,
        List<Input> inputs,
        Period period,
        Optional<Segment> segment,
        Optional<Document<Pricing>> pricing,
        Optional<Question> before) {
    Stretch {
        inputs = List.copyOf(inputs);
    }

    /**
     * The stretches of one aggregation, or of one of its segments, in one period, by time. A default value is the
     * quantity of the whole period, so however often the price changes it counts once: in the last stretch with a price,
     * for only when the period ends is it known that nothing was used. Of a formula, each aggregation has its own.
     */
    static List<Stretch> withDefaultOnce(List<Stretch> stretches) {
        Optional<Stretch> last = stretches.reversed().stream()
                .filter(stretch -> stretch.pricing.isPresent())
                .findFirst();
        return stretches.stream()
                .map(stretch -> last.filter(stretch::equals).isPresent() ? stretch.withDefaultsFor(stretches) : stretch)
                .toList();
    }

    private Stretch withDefaultsFor(List<Stretch> all) {
        List<Input> withDefaults = inputs.stream()
                .map(input -> new Input(
                        input.aggregation,
                        input.question,
                        all.stream()
                                .flatMap(stretch -> stretch.inputs.stream())
                                .filter(other -> other.aggregation.id().equals(input.aggregation.id()))
                                .map(Input::question)
                                .toList()))
                .toList();
        return new Stretch(tally, withDefaults, period, segment, pricing, before);
    }

    /** Whether it is about usage that belongs to none of the aggregation's segments. */
    boolean isOutsideSegments() {
        return segment.isEmpty()
                && inputs.stream().anyMatch(input -> input.question.share().isPresent());
    }

    /** What is counted; of a segment with its values in parentheses, for example {@code Calls (eu, gold)}. */
    String name() {
        return segment.map(each -> "%s (%s)"
                        .formatted(
                                tally.name,
                                inputs.getFirst()
                                        .aggregation
                                        .content()
                                        .segmentation()
                                        .label(each)))
                .orElse(tally.name);
    }

    /** What was used, or stands for it; 0 where neither is. Without a price no formula is asked about nothing. */
    Counted count(Function<Question, Optional<BigDecimal>> measured) {
        boolean isUsed =
                inputs.stream().anyMatch(input -> measured.apply(input.question).isPresent());
        return pricing.isPresent() || isUsed ? tally.count(id -> input(id).quantity(measured)) : Counted.Quantity.NONE;
    }

    private Input input(Id<Aggregation> id) {
        return inputs.stream()
                .filter(input -> input.aggregation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Expected usage of aggregation %s to be asked for \"%s\", but it is not."
                                .formatted(id, tally.name)));
    }

    /** All that has to be asked. */
    List<Question> questions() {
        return Stream.concat(inputs.stream().map(Input::question), before.stream())
                .toList();
    }

    /** What fills the bands already. */
    Earlier earlier(Function<Question, Optional<BigDecimal>> measured) {
        return before.flatMap(measured)
                .map(quantity -> new Earlier(quantity, tally.unitSize.units(quantity)))
                .orElse(Earlier.NOTHING);
    }

    /**
     * Whose units are counted: an aggregation's, or those of a formula over several.
     *
     * @param meter where it is counted, if that is one meter
     */
    record Tally(
            Countable of,
            String name,
            UnitSize unitSize,
            String unit,
            Optional<Id<Product>> accountingProduct,
            Optional<Id<Meter>> meter,
            Compounds compounds) {
        static Tally of(Document<Aggregation> aggregation, Compounds compounds) {
            Aggregation content = aggregation.content();
            return new Tally(
                    new Countable.Simple(aggregation.id()),
                    content.name(),
                    content.unitSize(),
                    content.unit(),
                    content.accountingProduct(),
                    Optional.of(content.meter()),
                    compounds);
        }

        static Tally ofCompound(Document<CompoundAggregation> compound, Compounds compounds) {
            CompoundAggregation content = compound.content();
            return new Tally(
                    new Countable.Compound(compound.id()),
                    content.name(),
                    content.unitSize(),
                    content.unit(),
                    content.accountingProduct(),
                    Optional.empty(),
                    compounds);
        }

        private Counted count(Function<Id<Aggregation>, Optional<BigDecimal>> aggregated) {
            return switch (of) {
                case Countable.Simple(Id<Aggregation> id) ->
                    new Counted.Quantity(aggregated.apply(id).orElse(BigDecimal.ZERO), Optional.empty());
                case Countable.Compound(Id<CompoundAggregation> id) -> compounds.count(id, aggregated);
            };
        }
    }

    /**
     * One aggregation that is measured.
     *
     * @param question what has to be known about usage
     * @param idle the questions that must all be without an answer for the default value to count here; empty: it never
     *     does, because another stretch has it
     */
    record Input(Document<Aggregation> aggregation, Question question, List<Question> idle) {
        Input {
            idle = List.copyOf(idle);
        }

        private Optional<BigDecimal> quantity(Function<Question, Optional<BigDecimal>> measured) {
            return measured.apply(question)
                    .or(() -> isIdle(measured) ? aggregation.content().defaultValue() : Optional.empty());
        }

        private boolean isIdle(Function<Question, Optional<BigDecimal>> measured) {
            return !idle.isEmpty()
                    && idle.stream().allMatch(each -> measured.apply(each).isEmpty());
        }
    }
}
