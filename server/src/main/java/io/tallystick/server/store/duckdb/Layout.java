package io.tallystick.server.store.duckdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the database has: tables, their wide twins, and which tables have rows of which meter.
 *
 * @param wideSlots by table, numeric slots that have a twin, in the order of their columns
 * @param shapesOfMeter by meter number, the narrowest first
 */
record Layout(Map<Shape, List<Integer>> wideSlots, Map<Integer, List<Shape>> shapesOfMeter) {
    static final Layout EMPTY = new Layout(Map.of(), Map.of());

    Layout {
        wideSlots = Map.copyOf(wideSlots);
        shapesOfMeter = Map.copyOf(shapesOfMeter);
    }

    boolean hasTable(Shape shape) {
        return wideSlots.containsKey(shape);
    }

    boolean hasWide(Shape shape, int slot) {
        return wide(shape).contains(slot);
    }

    List<Integer> wide(Shape shape) {
        return wideSlots.getOrDefault(shape, List.of());
    }

    List<Shape> shapes(int meter) {
        return shapesOfMeter.getOrDefault(meter, List.of());
    }

    Layout withTable(Shape shape) {
        Map<Shape, List<Integer>> more = new HashMap<>(wideSlots);
        more.putIfAbsent(shape, List.of());
        return new Layout(more, shapesOfMeter);
    }

    Layout withWide(Shape shape, int slot) {
        List<Integer> slots = new ArrayList<>(wide(shape));
        slots.add(slot);
        Map<Shape, List<Integer>> more = new HashMap<>(wideSlots);
        more.put(shape, List.copyOf(slots));
        return new Layout(more, shapesOfMeter);
    }

    Layout withMeter(int meter, Shape shape) {
        TreeSet<Shape> shapes = new TreeSet<>(Shape.NARROWEST_FIRST);
        shapes.addAll(shapes(meter));
        shapes.add(shape);
        Map<Integer, List<Shape>> more = new HashMap<>(shapesOfMeter);
        more.put(meter, List.copyOf(shapes));
        return new Layout(wideSlots, more);
    }
}
