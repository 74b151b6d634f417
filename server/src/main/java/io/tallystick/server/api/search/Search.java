package io.tallystick.server.api.search;

import io.tallystick.document.Card;
import io.tallystick.document.Facets;
import io.tallystick.server.http.Call;
import io.tallystick.server.json.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody searches for, and in which order the result comes.
 *
 * @param terms none: everything matches
 * @param isAny whether one of several terms is enough
 * @param sort absent: by the time at which documents were made
 */
record Search<T>(Facets<T> facets, List<Term> terms, boolean isAny, Optional<Sort> sort, boolean isDescending) {
    private static final String AND = "AND";
    private static final String OR = "OR";
    private static final String ASC = "ASC";
    private static final String DESC = "DESC";

    Search {
        terms = List.copyOf(terms);
    }

    /**
     * What to sort by.
     *
     * @param place of its field on the cards
     */
    record Sort(int place, Notation notation) {}

    /**
     * A document that matches.
     *
     * @param key what it is sorted by, where it says that
     */
    record Hit<T>(Card<T> card, Optional<String> key) {}

    /** What the parameters of a call say; what is wrong with them goes into the faults. */
    static <T> Search<T> of(Call call, Facets<T> facets, List<Fault> faults) {
        List<Term> terms = new ArrayList<>();
        call.query("searchQuery").ifPresent(query -> {
            for (String term : query.split("\\$", -1)) {
                Term.read(term, facets, faults).ifPresent(terms::add);
            }
        });
        Optional<Sort> sort = call.query("sortBy").flatMap(name -> {
            Optional<Integer> place = facets.place(name);
            if (place.isEmpty()) {
                faults.add(new Fault("sortBy", Fault.Code.INVALID, Term.unknown(name, facets)));
            }
            return place.map(
                    at -> new Sort(at, new Notation(facets.facets().get(at).form())));
        });
        String operator = word(call, "operator", List.of(AND, OR), faults).orElse(AND);
        // the newest first, as in every list; a field from its smallest value on
        String order =
                word(call, "sortOrder", List.of(ASC, DESC), faults).orElseGet(() -> sort.isPresent() ? ASC : DESC);
        return new Search<>(facets, terms, operator.equals(OR), sort, order.equals(DESC));
    }

    private static Optional<String> word(Call call, String parameter, List<String> words, List<Fault> faults) {
        return call.query(parameter)
                .filter(value -> {
                    boolean isKnown = words.contains(value.toUpperCase(Locale.ROOT));
                    if (!isKnown) {
                        faults.add(new Fault(
                                parameter,
                                Fault.Code.INVALID,
                                "Expected %s to be %s, but was \"%s\"."
                                        .formatted(parameter, String.join(" or ", words), value)));
                    }
                    return isKnown;
                })
                .map(value -> value.toUpperCase(Locale.ROOT));
    }

    /** The document of a card, where it matches. */
    Optional<Hit<T>> hit(Card<T> card) {
        List<Optional<String>> values = facets.read(card.text());
        boolean isHit = terms.isEmpty()
                || (isAny
                        ? terms.stream().anyMatch(term -> term.holds(values))
                        : terms.stream().allMatch(term -> term.holds(values)));
        return isHit ? Optional.of(new Hit<>(card, sort.flatMap(by -> values.get(by.place())))) : Optional.empty();
    }

    /** A total order: what has no value comes last in either direction, of equals the newest first. */
    Comparator<Hit<T>> order() {
        Comparator<Hit<T>> byNumber = Comparator.comparingInt(hit -> hit.card().number());
        return sort.map(by -> byKey(by).thenComparing(byNumber.reversed()))
                .orElseGet(() -> isDescending ? byNumber.reversed() : byNumber);
    }

    private Comparator<Hit<T>> byKey(Sort by) {
        Comparator<String> order =
                isDescending ? by.notation().order().reversed() : by.notation().order();
        return (one, other) -> one.key().isPresent() && other.key().isPresent()
                ? order.compare(one.key().get(), other.key().get())
                : Boolean.compare(other.key().isPresent(), one.key().isPresent());
    }
}
