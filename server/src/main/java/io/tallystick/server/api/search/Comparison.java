package io.tallystick.server.api.search;

import static java.util.stream.Collectors.joining;

import java.util.Optional;
import java.util.stream.Stream;

/** How a term compares a field with a value. Source: m3ter API, search. */
enum Comparison {
    // the longer signs first: they begin like the shorter ones
    AT_LEAST(">="),
    AT_MOST("<="),
    ABOVE(">"),
    BELOW("<"),
    EQUAL(":"),
    /** The words of a phrase, one after the other; the last one may go on. Asks for no order. */
    PHRASE("~");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    /**
     * Whether it holds for a value.
     *
     * @param order of the value against the wanted one: negative, 0 or positive
     */
    boolean holds(int order) {
        return switch (this) {
            case AT_LEAST -> order >= 0;
            case AT_MOST -> order <= 0;
            case ABOVE -> order > 0;
            case BELOW -> order < 0;
            case EQUAL -> order == 0;
            case PHRASE -> false;
        };
    }

    /** The one that stands at this place of a text. */
    static Optional<Comparison> at(String text, int place) {
        return Stream.of(values())
                .filter(comparison -> text.startsWith(comparison.sign, place))
                .findFirst();
    }

    static String signs(Stream<Comparison> some) {
        return some.map(Comparison::sign).collect(joining(" "));
    }
}
