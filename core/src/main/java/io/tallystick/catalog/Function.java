package io.tallystick.catalog;

/** How the values of a field become one number. Source: m3ter API, Aggregation {@code aggregation}. */
public enum Function {
    SUM,
    MIN,
    MAX,
    /** How many measurements carry the field. */
    COUNT,
    /** The value of the measurement with the greatest event time; of equals, the greatest uid, then value. */
    LATEST,
    /** Sum divided by count, to 34 digits. */
    MEAN,
    /** How many different values a text field has. */
    UNIQUE;

    /** Whether the value of a time is the sum of the values of its parts. */
    public boolean addsUp() {
        return switch (this) {
            case SUM, COUNT -> true;
            case MIN, MAX, LATEST, MEAN, UNIQUE -> false;
        };
    }

    /** Whether it can be computed of a field of this category. */
    public boolean fits(FieldCategory category) {
        return switch (this) {
            case SUM, MIN, MAX, LATEST, MEAN -> category.isNumeric();
            case UNIQUE -> !category.isNumeric();
            case COUNT -> true;
        };
    }
}
