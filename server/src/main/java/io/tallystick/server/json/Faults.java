package io.tallystick.server.json;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with one body. Not for use by several threads. */
public final class Faults {
    private static final int LIMIT = 100;

    private final List<Fault> found = new ArrayList<>();

    public void add(Fault fault) {
        if (found.size() < LIMIT) {
            found.add(fault);
        }
    }

    void invalid(String field, String message) {
        add(new Fault(field, Fault.Code.INVALID, message));
    }

    void mismatch(String field, String expected, Json was) {
        invalid(field, "Expected %s to be %s, but was %s.".formatted(field, expected, was.shown()));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Fault> found() {
        return List.copyOf(found);
    }
}
