package io.tallystick.catalog;

import java.math.BigDecimal;

/** The value of a custom field. */
public sealed interface CustomValue {
    record Text(String text) implements CustomValue {}

    record Numeric(BigDecimal number) implements CustomValue {}
}
