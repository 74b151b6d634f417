package io.tallystick.server.api.resource;

import io.tallystick.document.Document;
import io.tallystick.document.Kind;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.Shape;
import io.tallystick.server.json.View;
import java.util.List;

/**
 * A kind of document as people reach it over HTTP. Declared by each door's room; {@link ResourceDoor} does the rest.
 *
 * @param path below the organization, for example {@code plantemplates}
 * @param kind what is kept
 * @param shape what it looks like
 * @param filters how its list can be narrowed, beside {@code ids}
 * @param rules what it demands beyond its own fields
 */
public record Resource<T>(String path, Kind<T> kind, Shape<T> shape, List<Filter<T>> filters, Rules<T> rules) {
    public Resource {
        filters = List.copyOf(filters);
    }

    /** A document as clients see it: id, version, its content, and who made and changed it when. */
    public Json.Obj write(Document<T> document) {
        return Json.obj()
                .with("id", document.id().value())
                .with("version", document.version())
                .withAll(shape.write(document.content(), View.WIRE))
                .with("dtCreated", document.audit().created().toString())
                .with("dtLastModified", document.audit().lastModified().toString())
                .with("createdBy", document.audit().createdBy())
                .with("lastModifiedBy", document.audit().lastModifiedBy())
                .build();
    }
}
