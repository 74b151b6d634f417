package io.tallystick.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.document.Facet.Form;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FacetsTest {
    private static final Facets<List<Optional<String>>> FACETS =
            new Facets<>(List.of(facet("first", 0), facet("second", 1), facet("third", 2)));

    @Test
    void readsFromACardWhatWasWrittenOnIt() {
        List<Optional<String>> content = List.of(Optional.of("a, b"), Optional.empty(), Optional.of("c"));

        assertThat(FACETS.read(FACETS.card(content))).isEqualTo(content);
        assertThat(FACETS.read(FACETS.card(List.of(Optional.empty(), Optional.empty(), Optional.empty()))))
                .containsOnly(Optional.empty());
    }

    @Test
    void keepsTheOtherFieldsInTheirPlacesWhateverATextHolds() {
        List<Optional<String>> content = List.of(Optional.of("a\u001fb"), Optional.of(""), Optional.of("c"));

        assertThat(FACETS.read(FACETS.card(content)))
                .containsExactly(Optional.of("a b"), Optional.empty(), Optional.of("c"));
    }

    @Test
    void keepsCardsUnderAnotherKeyWhenThereAreOtherFacets() {
        Facets<List<Optional<String>>> fewer = new Facets<>(FACETS.facets().subList(0, 2));

        assertThat(fewer.key()).isNotEqualTo(FACETS.key());
        assertThat(FACETS.place("third")).contains(2);
        assertThat(fewer.place("third")).isEmpty();
    }

    private static Facet<List<Optional<String>>> facet(String name, int place) {
        return new Facet<>(name, new Form.Text(), content -> content.get(place));
    }
}
