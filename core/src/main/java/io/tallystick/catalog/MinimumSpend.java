package io.tallystick.catalog;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What has to be spent at least in a billing period. Source: m3ter API, {@code minimumSpend}.
 *
 * @param amount for a whole billing period, at least 0; absent: not said here
 * @param description the text of the bill line that adds what is missing; absent: not said here
 * @param inAdvance whether it is charged before the period, and usage given back after it; absent: not said here
 */
public record MinimumSpend(Optional<BigDecimal> amount, Optional<String> description, Optional<Boolean> inAdvance) {
    /** Nothing is said. */
    public static final MinimumSpend UNSAID = new MinimumSpend(Optional.empty(), Optional.empty());

    /** One that does not say when it is charged. */
    public MinimumSpend(Optional<BigDecimal> amount, Optional<String> description) {
        this(amount, description, Optional.empty());
    }

    /** This one, and the other one where this one says nothing. */
    public MinimumSpend or(MinimumSpend inherited) {
        return new MinimumSpend(
                amount.or(inherited::amount),
                description.or(inherited::description),
                inAdvance.or(inherited::inAdvance));
    }
}
