package io.tallystick.server.api.search;

import io.tallystick.document.Facet;
import io.tallystick.document.Facets;
import io.tallystick.server.json.Fault;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One condition of a search, such as {@code currency:USD}.
 *
 * @param place of its field on the cards
 * @param wanted the value to compare with, as the cards have values
 */
record Term(int place, Notation notation, Comparison comparison, String wanted) {
    private static final String SIGNS = ":<>~";

    /** The condition that a text says, or nothing and a fault. */
    static <T> Optional<Term> read(String text, Facets<T> facets, List<Fault> faults) {
        int end = end(text);
        Optional<Comparison> comparison = Comparison.at(text, end);
        if (end == 0 || comparison.isEmpty()) {
            return refused(
                    faults,
                    "Expected terms such as name~Premium, joined by $, each a field, one of %s and a value, but was \"%s\"."
                            .formatted(Comparison.signs(List.of(Comparison.values()).stream()), text));
        }
        String name = text.substring(0, end).strip();
        Optional<Integer> place = facets.place(name);
        if (place.isEmpty()) {
            return refused(faults, unknown(name, facets));
        }
        Notation notation = new Notation(facets.facets().get(place.get()).form());
        if (!notation.comparisons().contains(comparison.get())) {
            return refused(
                    faults,
                    "Expected %s to be compared by %s, because it is %s, but was %s."
                            .formatted(
                                    name,
                                    Comparison.signs(notation.comparisons().stream()),
                                    notation.description(),
                                    comparison.get().sign()));
        }
        String value = text.substring(end + comparison.get().sign().length()).strip();
        Optional<String> wanted = notation.read(value).filter(read -> !read.isEmpty());
        if (wanted.isEmpty()) {
            return refused(
                    faults,
                    "Expected %s to be compared with %s, but was \"%s\"."
                            .formatted(name, notation.description(), value));
        }
        return Optional.of(new Term(place.get(), notation, comparison.get(), wanted.get()));
    }

    /** Where the name of the field ends. */
    private static int end(String text) {
        int at = 0;
        while (at < text.length() && SIGNS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static Optional<Term> refused(List<Fault> faults, String message) {
        faults.add(new Fault("searchQuery", Fault.Code.INVALID, message));
        return Optional.empty();
    }

    static <T> String unknown(String name, Facets<T> facets) {
        return "Expected one of the fields %s, but was \"%s\"."
                .formatted(
                        String.join(
                                ", ", facets.facets().stream().map(Facet::name).toList()),
                        name);
    }

    /** Whether a card meets it. What a document does not say meets nothing. */
    boolean holds(List<Optional<String>> card) {
        Optional<String> value = card.get(place);
        return switch (comparison) {
            case PHRASE ->
                value.filter(text -> Notation.hasPhrase(text, wanted)).isPresent();
            case EQUAL, ABOVE, AT_LEAST, BELOW, AT_MOST ->
                value.filter(text -> comparison.holds(compared(text))).isPresent();
        };
    }

    /** Texts are equal to the letter, though they are sorted whatever their case. */
    private int compared(String text) {
        Comparator<String> order = notation.order();
        return order.compare(text, wanted);
    }
}
