package io.tallystick.billing;

import io.tallystick.catalog.Product;
import io.tallystick.document.Document;
import io.tallystick.id.Code;
import io.tallystick.id.Id;

/** A product as it was called when the bill was made. */
public record BookedProduct(Id<Product> id, Code code, String name) {
    public static BookedProduct of(Document<Product> product) {
        return new BookedProduct(
                product.id(), product.content().code(), product.content().name());
    }
}
