package io.tallystick.catalog;

import io.tallystick.document.Kind;
import io.tallystick.id.Code;

/** Something that is sold; meters, plans and bill lines belong to one. */
public record Product(Code code, String name, CustomFields customFields) {
    public static final Kind<Product> KIND = Kind.of("product", Product.class)
            .unique("code", product -> product.code().value());
}
