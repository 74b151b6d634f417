package io.tallystick.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How an aggregation turns a quotient into whole units. Source: m3ter API, Aggregation {@code rounding}; towards where
 * negative quotients go is ours, so that a correction of -0.5 never charges more than it gives back.
 */
public enum Rounding {
    /** To the next whole number above: 97.8 becomes 98, -97.8 becomes -97. */
    UP,
    /** To the next whole number below: 97.8 becomes 97, -97.8 becomes -98. */
    DOWN,
    /** To the nearest whole number, halves away from zero: 5.1 becomes 5, 3.5 becomes 4. */
    NEAREST,
    /** As it is. */
    NONE;

    /**
     * The quotient in units.
     *
     * @param quotient quantity divided by quantity per unit, exact or to 34 digits
     */
    public BigDecimal apply(BigDecimal quotient) {
        return switch (this) {
            case UP -> quotient.setScale(0, RoundingMode.CEILING);
            case DOWN -> quotient.setScale(0, RoundingMode.FLOOR);
            case NEAREST -> quotient.setScale(0, RoundingMode.HALF_UP);
            case NONE -> quotient;
        };
    }
}
