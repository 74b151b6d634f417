package io.tallystick.server.store.duckdb;

/** What one engine writes differently from another. All that is put into it are numbers and names of ours. */
sealed interface Dialect permits DuckDbDialect {
    /** A point in time, from microseconds since 1970. */
    String time(long micros);

    /** Microseconds since 1970 of a time column, as a whole number. */
    String micros(String column);

    /** A query of one column, the whole numbers in one text parameter that separates them by commas. */
    String wholeNumbersOfParameter();

    /** The wide decimal that a narrow column is. */
    String widened(String narrow);

    /** What stands before the point of a wide decimal, with its sign. */
    String wholePart(String wide);

    /** What stands behind the point of a wide decimal, with its sign. */
    String fraction(String wide);

    /** The value of the row that comes last by some columns; of rows that have the value. */
    String last(String value, String... orderedBy);

    /** The canonical text of a UUID column. */
    String uuidText(String column);
}
