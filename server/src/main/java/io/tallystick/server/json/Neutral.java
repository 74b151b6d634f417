package io.tallystick.server.json;

import java.util.Optional;

/**
 * A field of the wire that changes money and is not built yet. It is accepted absent or with a value that changes
 * nothing; any other value is refused, so that no bill is silently wrong.
 *
 * @param name on the wire
 * @param value what changes nothing; absent: only its absence does
 * @param isShown whether the neutral value is answered, as the wire documents a default
 */
record Neutral(String name, Optional<Json> value, boolean isShown) {
    static Neutral absent(String name) {
        return new Neutral(name, Optional.empty(), false);
    }

    /** Accepted, but not answered: the wire's own answers leave it out where it was not set. */
    static Neutral hidden(String name, long value) {
        return new Neutral(name, Optional.of(Json.of(value)), false);
    }

    static Neutral of(String name, boolean value) {
        return new Neutral(name, Optional.of(Json.of(value)), true);
    }

    static Neutral of(String name, long value) {
        return new Neutral(name, Optional.of(Json.of(value)), true);
    }

    static Neutral of(String name, String value) {
        return new Neutral(name, Optional.of(Json.of(value)), true);
    }

    /**
     * Refuses every other value.
     *
     * @param at path of the field
     */
    void check(Json.Obj body, String at, Faults faults) {
        body.member(name)
                .filter(sent -> !isNeutral(sent))
                .ifPresent(sent -> faults.add(new Fault(
                        at,
                        Fault.Code.NOT_YET_SUPPORTED,
                        "Expected %s to be %s, because another value changes what is charged and is not supported yet, but was %s."
                                .formatted(
                                        at,
                                        value.map(neutral -> neutral.shown() + " or absent")
                                                .orElse("absent"),
                                        sent.shown()))));
    }

    private boolean isNeutral(Json sent) {
        return value.map(neutral -> same(neutral, sent)).orElseGet(() -> isNothing(sent));
    }

    private static boolean isNothing(Json sent) {
        return (sent instanceof Json.Arr(var items) && items.isEmpty())
                || (sent instanceof Json.Obj(var members) && members.isEmpty());
    }

    private static boolean same(Json neutral, Json sent) {
        if (neutral instanceof Json.Num(String expected) && sent instanceof Json.Num(String literal)) {
            return Types.DECIMAL.isSame(expected, literal);
        }
        return neutral.equals(sent);
    }
}
