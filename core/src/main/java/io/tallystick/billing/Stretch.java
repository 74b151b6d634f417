package io.tallystick.billing;

import io.tallystick.billing.Figures.Question;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Segment;
import io.tallystick.document.Document;
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
 * @param segment whose usage it is; absent: all usage, or, where the aggregation has segments, what belongs to none
 * @param pricing the price in force; absent: the aggregation has prices, but none of this usage at this time
 * @param question what has to be known about usage
 * @param before what has to be known about usage that fills the bands already; absent: they start empty
 * @param idle the questions that must all be without an answer for the default value to count here; empty: it never
 *     does, because another stretch has it
 */
record Stretch(
        Document<Aggregation> aggregation,
        Optional<Segment> segment,
        Optional<Document<Pricing>> pricing,
        Question question,
        Optional<Question> before,
        List<Question> idle) {
    Stretch {
        idle = List.copyOf(idle);
    }

    /**
     * The stretches of one aggregation, or of one of its segments, in one period, by time. A default value is the
     * quantity of the whole period, so however often the price changes it counts once: in the last stretch with a price,
     * for only when the period ends is it known that nothing was used.
     */
    static List<Stretch> withDefaultOnce(List<Stretch> stretches) {
        List<Question> all = stretches.stream().map(Stretch::question).toList();
        Optional<Stretch> last = stretches.reversed().stream()
                .filter(stretch -> stretch.pricing.isPresent())
                .findFirst();
        return stretches.stream()
                .map(stretch -> last.filter(stretch::equals).isPresent()
                        ? new Stretch(
                                stretch.aggregation,
                                stretch.segment,
                                stretch.pricing,
                                stretch.question,
                                stretch.before,
                                all)
                        : stretch)
                .toList();
    }

    Period period() {
        return question.period();
    }

    /** Whether it is about usage that belongs to none of the aggregation's segments. */
    boolean isOutsideSegments() {
        return segment.isEmpty() && question.share().isPresent();
    }

    /** What was used, or stands for it; 0 where neither is. */
    BigDecimal quantity(Function<Question, Optional<BigDecimal>> measured) {
        return measured.apply(question)
                .or(() -> isIdle(measured) ? aggregation.content().defaultValue() : Optional.empty())
                .orElse(BigDecimal.ZERO);
    }

    private boolean isIdle(Function<Question, Optional<BigDecimal>> measured) {
        return !idle.isEmpty()
                && idle.stream().allMatch(question -> measured.apply(question).isEmpty());
    }

    /** All that has to be asked. */
    List<Question> questions() {
        return Stream.concat(Stream.of(question), before.stream()).toList();
    }

    /** What fills the bands already. */
    Earlier earlier(Function<Question, Optional<BigDecimal>> measured) {
        return before.flatMap(measured)
                .map(quantity ->
                        new Earlier(quantity, aggregation.content().unitSize().units(quantity)))
                .orElse(Earlier.NOTHING);
    }
}
