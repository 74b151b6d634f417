package io.tallystick.server.json;

import static io.tallystick.server.json.Field.required;

import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.Product;
import io.tallystick.id.Code;

/** A product as JSON. Source: m3ter API, Product. */
final class ProductJson {
    private static final Field<Product, Code> CODE = required("code", Types.CODE, Product::code);
    private static final Field<Product, String> NAME = required("name", Types.text(1, 200), Product::name);
    private static final Field<Product, CustomFields> CUSTOM = CustomFieldsJson.field(Product::customFields);

    static final Shape<Product> SHAPE = Shape.of(
            values -> new Product(values.get(CODE), values.get(NAME), CustomFieldsJson.of(values, CUSTOM)),
            CODE,
            NAME,
            CUSTOM);

    private ProductJson() {}
}
