package io.tallystick.server.api;

import io.tallystick.document.Document;
import io.tallystick.server.access.Access;
import io.tallystick.server.access.AccessKey;
import io.tallystick.server.access.Organization;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Json;
import java.util.Optional;

/**
 * {@code GET /users/me}: whose key this is. Keys belong to no person: they are m3ter's service users, and {@code user} is
 * absent. Source: m3ter API, Users.
 */
final class UserDoor {
    private final Access access;

    UserDoor(Access access) {
        this.access = access;
    }

    Answer me(Call call) {
        Optional<Document<Organization>> organization = access.organization(call.organization());
        Optional<Document<AccessKey>> key = access.key(call.caller());
        if (organization.isEmpty() || key.isEmpty()) {
            // a token outlives its key
            return Answer.problem(Problem.of(
                    Problem.Code.NOT_FOUND, Texts.unknown("key", call.caller().keyId())));
        }
        return Answer.ok(Json.obj()
                .with(
                        "organization",
                        described(organization.get())
                                .with("name", organization.get().content().name())
                                .build())
                .with(
                        "serviceUser",
                        described(key.get())
                                .with("name", key.get().content().accessKey())
                                .with("role", key.get().content().role().name())
                                .build())
                .build());
    }

    private static Json.ObjBuilder described(Document<?> document) {
        return Json.obj()
                .with("id", document.id().value())
                .with("version", document.version())
                .with("dtCreated", document.audit().created().toString())
                .with("dtLastModified", document.audit().lastModified().toString())
                .with("createdBy", document.audit().createdBy())
                .with("lastModifiedBy", document.audit().lastModifiedBy());
    }
}
