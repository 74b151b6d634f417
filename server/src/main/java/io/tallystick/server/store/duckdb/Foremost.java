package io.tallystick.server.store.duckdb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The first rows of many by some order, with memory for twice as many as are wanted. Not for use by several threads.
 */
final class Foremost<T> {
    private final Comparator<T> order;
    private final boolean isOrdered;
    private final int limit;
    private final List<T> kept = new ArrayList<>();
    private long seen;

    /**
     * None yet.
     *
     * @param isOrdered whether they come in order already
     */
    Foremost(Comparator<T> order, boolean isOrdered, int limit) {
        this.order = order;
        this.isOrdered = isOrdered;
        this.limit = limit;
    }

    void add(T row) {
        seen++;
        if (!isOrdered || kept.size() < limit) {
            kept.add(row);
        }
        if (kept.size() >= 2L * limit + 1) {
            cut();
        }
    }

    /** Whether there were more than the limit. */
    boolean hasMore() {
        return seen > limit;
    }

    List<T> inOrder() {
        cut();
        return List.copyOf(kept);
    }

    private void cut() {
        if (!isOrdered) {
            kept.sort(order);
        }
        if (kept.size() > limit) {
            kept.subList(limit, kept.size()).clear();
        }
    }
}
