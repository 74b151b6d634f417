package io.tallystick.server.api;

import io.tallystick.document.Kind;
import io.tallystick.server.json.Shape;
import java.util.List;

/**
 * A kind of document as people reach it over HTTP. Declared in {@link Resources}; {@link ResourceDoor} does the rest.
 *
 * @param path below the organization, for example {@code plantemplates}
 * @param kind what is kept
 * @param shape what it looks like
 * @param filters how its list can be narrowed, beside {@code ids}
 * @param rules what it demands beyond its own fields
 */
record Resource<T>(String path, Kind<T> kind, Shape<T> shape, List<Filter<T>> filters, Rules<T> rules) {
    Resource {
        filters = List.copyOf(filters);
    }
}
