package io.tallystick.billing;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Pricing;
import io.tallystick.document.Document;
import io.tallystick.rating.Consumption;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A stretch of the billing period in which one price of an aggregation is in force, or none is.
 *
 * @param pricing the price in force; absent: the aggregation has prices, but none at this time
 * @param question what has to be known about usage
 */
record Stretch(Document<Aggregation> aggregation, Optional<Document<Pricing>> pricing, Question question) {
    Period period() {
        return question.period();
    }

    Consumption consumption(BigDecimal quantity) {
        return Consumption.of(aggregation.content().unitSize(), quantity);
    }
}
