package io.tallystick.server.store.duckdb;

/** What one engine writes differently from another. All that is put into it are numbers and names of ours. */
sealed interface Dialect {
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

    /** The embedded engine's. */
    record DuckDb() implements Dialect {
        @Override
        public String time(long micros) {
            return "make_timestamp(" + micros + ")";
        }

        @Override
        public String micros(String column) {
            return "epoch_us(" + column + ")";
        }

        /** A list parameter of 100,000 numbers takes three times as long, and as many literals forty times. */
        @Override
        public String wholeNumbersOfParameter() {
            return "SELECT unnest(string_split(?, ',')::INTEGER[])";
        }

        @Override
        public String widened(String narrow) {
            return "CAST(" + narrow + " AS DECIMAL(38,12))";
        }

        @Override
        public String wholePart(String wide) {
            return "trunc(" + wide + ")";
        }

        @Override
        public String fraction(String wide) {
            return "(" + wide + " - " + widened(wholePart(wide)) + ")";
        }

        /** Plain {@code arg_max} by time alone would take any of equals. */
        @Override
        public String last(String value, String... orderedBy) {
            return "arg_max(" + value + ", row(" + String.join(", ", orderedBy) + ")) FILTER (WHERE " + value
                    + " IS NOT NULL)";
        }

        @Override
        public String uuidText(String column) {
            return "CAST(" + column + " AS VARCHAR)";
        }
    }
}
