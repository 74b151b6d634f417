package io.tallystick.catalog;

/** What a field of a meter holds. Source: m3ter API, DataField {@code category}. */
public enum FieldCategory {
    WHO,
    WHERE,
    WHAT,
    OTHER,
    METADATA,
    MEASURE,
    INCOME,
    COST;

    /** Whether its values are numbers; otherwise they are text. */
    public boolean isNumeric() {
        return switch (this) {
            case MEASURE, INCOME, COST -> true;
            case WHO, WHERE, WHAT, OTHER, METADATA -> false;
        };
    }
}
