package io.tallystick.server.api;

import io.tallystick.document.Document;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.Shape;
import io.tallystick.server.json.View;

/** A document as clients see it: id, version, its content, and who made and changed it when. */
final class DocumentJson {
    private DocumentJson() {}

    static <T> Json.Obj write(Document<T> document, Shape<T> shape) {
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
