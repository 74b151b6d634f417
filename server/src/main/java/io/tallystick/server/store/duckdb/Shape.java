package io.tallystick.server.store.duckdb;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many slots the rows of one table have. Sixteen tables serve every meter: a table per meter makes commits ten times
 * slower (docs/adr/0100-usage-row.md).
 *
 * @param numbers numeric slots
 * @param texts text slots
 */
record Shape(int numbers, int texts) {
    /** Every shape there is, the narrowest first. */
    private static final List<Shape> ALL = Stream.of(4, 8, 16, 30)
            .flatMap(numbers -> Stream.of(4, 8, 16, 64).map(texts -> new Shape(numbers, texts)))
            .toList();

    /** By width, the narrowest first. */
    static final Comparator<Shape> NARROWEST_FIRST =
            Comparator.comparingInt(Shape::numbers).thenComparingInt(Shape::texts);

    /** The narrowest shape with at least so many slots. It is asked for every measurement, so it makes no object. */
    static Shape fitting(int numberSlots, int textSlots) {
        for (Shape shape : ALL) {
            if (shape.numbers >= numberSlots && shape.texts >= textSlots) {
                return shape;
            }
        }
        throw new IllegalStateException("Expected slots for %s at most, but there were %d and %d."
                .formatted(ALL.getLast(), numberSlots, textSlots));
    }

    /** The shape of a table with such a name. */
    static Stream<Shape> ofTable(String name) {
        return ALL.stream().filter(shape -> shape.table().equals(name));
    }

    String table() {
        return "usage_" + numbers + "_" + texts;
    }

    /** The statement that makes its table. Wide twins are added at the end when one is first needed. */
    String createTable() {
        Stream<String> fixed = Stream.of(
                "seq BIGINT NOT NULL",
                "seq_to BIGINT NOT NULL",
                "position INTEGER NOT NULL",
                "organization INTEGER NOT NULL",
                "door TINYINT NOT NULL",
                "uid UUID",
                "uid_text VARCHAR",
                "content INTEGER NOT NULL",
                "meter INTEGER NOT NULL",
                "account INTEGER NOT NULL",
                "ts TIMESTAMP NOT NULL",
                "ets TIMESTAMP",
                "received_at TIMESTAMP NOT NULL",
                "remarks VARCHAR");
        Stream<String> slots = Stream.concat(
                IntStream.range(0, numbers).mapToObj(slot -> narrow(slot) + " DECIMAL(18,6)"),
                IntStream.range(0, texts).mapToObj(slot -> text(slot) + " INTEGER"));
        return "CREATE TABLE " + table() + " ("
                + String.join(", ", Stream.concat(fixed, slots).toList()) + ")";
    }

    /** The statement that adds the twin of a numeric slot. */
    String addWide(int slot) {
        return "ALTER TABLE " + table() + " ADD COLUMN " + wide(slot) + " DECIMAL(38,12)";
    }

    static String narrow(int slot) {
        return "n" + slot;
    }

    static String wide(int slot) {
        return "w" + slot;
    }

    static String text(int slot) {
        return "s" + slot;
    }
}
