package io.tallystick.server.api;

import io.tallystick.catalog.Product;
import io.tallystick.document.Kind;
import io.tallystick.id.Id;
import io.tallystick.server.api.resource.Draft;
import io.tallystick.server.http.Problem;
import java.util.Optional;
import java.util.function.Function;

/** What others inherited a product from cannot go over to another product behind their backs. */
final class ProductStays {
    private ProductStays() {}

    /**
     * Why not, if not.
     *
     * @param product where the content says its product
     * @param heirs documents of this kind inherited it
     * @param key by which they name what they inherited it from
     */
    static <T> Optional<Problem> check(
            Draft<T> draft, Function<T, Id<Product>> product, T content, String id, Kind<?> heirs, String key) {
        return draft.previous()
                .filter(previous -> !product.apply(previous.content()).equals(product.apply(content)))
                .flatMap(previous -> draft.reading().findBy(heirs, draft.organization(), key, id).stream()
                        .findFirst()
                        .map(heir -> Problem.of(
                                Problem.Code.IN_USE,
                                "Expected product %s to stay while %s %s relies on it, but the change leads to product %s."
                                        .formatted(
                                                product.apply(previous.content()),
                                                heirs,
                                                heir.id(),
                                                product.apply(content)))));
    }
}
