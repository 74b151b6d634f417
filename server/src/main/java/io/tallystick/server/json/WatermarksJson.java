package io.tallystick.server.json;

import static io.tallystick.server.json.Field.required;

import io.tallystick.billing.Watermarks;
import io.tallystick.document.Watermark;
import io.tallystick.usage.UsageWatermark;

/** The two watermarks of a bill as JSON. */
final class WatermarksJson {
    private static final Field<Watermarks, String> DOCUMENTS = required(
            "documents",
            Types.text(1, 100),
            watermarks -> Long.toString(watermarks.documents().value()));
    private static final Field<Watermarks, String> USAGE = required(
            "usage", Types.text(1, 1000), watermarks -> watermarks.usage().value());

    static final Shape<Watermarks> SHAPE = Shape.of(
            values -> new Watermarks(
                    new Watermark(Long.parseLong(values.get(DOCUMENTS))), new UsageWatermark(values.get(USAGE))),
            DOCUMENTS,
            USAGE);

    private WatermarksJson() {}
}
