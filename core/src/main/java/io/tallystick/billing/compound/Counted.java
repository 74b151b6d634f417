package io.tallystick.billing.compound;

import java.math.BigDecimal;
import java.util.Optional;

/** What came of counting. */
public sealed interface Counted {
    /**
     * A quantity.
     *
     * @param from what it was calculated from; absent: it was measured, or nothing was used and nothing calculated
     */
    record Quantity(BigDecimal quantity, Optional<Calculated> from) implements Counted {
        public static final Quantity NONE = new Quantity(BigDecimal.ZERO, Optional.empty());
    }

    /**
     * A formula that has no value, and so no bill can be made.
     *
     * @param reason with the formula and its values
     */
    record Uncountable(String reason) implements Counted {}
}
