package io.tallystick.document;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Everything that documents of a kind can be searched by. What a document says for all of them stands on one card, a text
 * that is kept beside the document: a search reads the cards and opens the documents of one page only.
 *
 * @param facets in the order in which they stand on a card
 */
public record Facets<T>(List<Facet<T>> facets) {
    /** Stands between two values; in a text it becomes a space. */
    private static final char SEPARATOR = '\u001f';

    public Facets {
        facets = List.copyOf(facets);
    }

    /** Name of the key under which the cards are kept: another one where there are other facets, so that they are made anew. */
    public String key() {
        return facets.stream().map(Facet::name).collect(joining(", ", "card of ", ""));
    }

    /** The card of a document. */
    public String card(T content) {
        return facets.stream()
                .map(facet -> facet.value().apply(content).orElse("").replace(SEPARATOR, ' '))
                .collect(joining(String.valueOf(SEPARATOR)));
    }

    /** What stands on a card: a value for each facet, absent where there is none or an empty text. */
    public List<Optional<String>> read(String card) {
        List<Optional<String>> values = new ArrayList<>(facets.size());
        int start = 0;
        for (int i = 0; i < facets.size(); i++) {
            int end = card.indexOf(SEPARATOR, start);
            String value = card.substring(start, end < 0 ? card.length() : end);
            values.add(value.isEmpty() ? Optional.empty() : Optional.of(value));
            start = end + 1;
        }
        return Collections.unmodifiableList(values);
    }

    /** Place of a facet on the cards. */
    public Optional<Integer> place(String name) {
        return IntStream.range(0, facets.size())
                .filter(i -> facets.get(i).name().equals(name))
                .boxed()
                .findFirst();
    }
}
