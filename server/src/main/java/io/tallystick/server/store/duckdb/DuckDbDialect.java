package io.tallystick.server.store.duckdb;

/** DuckDB's SQL. */
record DuckDbDialect() implements Dialect {
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
