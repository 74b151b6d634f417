package io.tallystick.server.api;

import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.http.HttpRouting;
import io.tallystick.document.Documents;
import io.tallystick.server.access.Access;
import io.tallystick.server.access.Role;
import io.tallystick.usage.UsageStore;
import java.time.InstantSource;
import java.util.UUID;

/** Every path of m3ter's API that this house answers. */
public final class Api {
    private static final String ORGANIZATION = "/organizations/{orgId}";

    private final Documents documents;
    private final UsageStore usage;
    private final Access access;
    private final Guard guard;

    public Api(Documents documents, UsageStore usage, Access access, InstantSource clock) {
        this.documents = documents;
        this.usage = usage;
        this.access = access;
        this.guard = new Guard(access, clock);
    }

    /** How request bodies may be packed. */
    public static ContentEncodingContext encodings() {
        return ContentEncodingContext.builder()
                .contentEncodingsDiscoverServices(false)
                .addContentEncoding(Unpacking.gzip())
                .addContentEncoding(Unpacking.deflate())
                .build();
    }

    public void route(HttpRouting.Builder routing) {
        TokenDoor tokens = new TokenDoor(access);
        routing.post("/oauth/token[/]", guard.open(tokens::exchange));
        Resources.all(documents, usage).forEach(resource -> route(routing, resource));
    }

    private <T> void route(HttpRouting.Builder routing, Resource<T> resource) {
        ResourceDoor<T> door =
                new ResourceDoor<>(resource, documents, () -> UUID.randomUUID().toString(), () -> {});
        String all = ORGANIZATION + "/" + resource.path() + "[/]";
        String one = ORGANIZATION + "/" + resource.path() + "/{id}[/]";
        routing.get(all, guard.of(Role.READ, door::list))
                .post(all, guard.of(Role.ADMIN, door::create))
                .get(one, guard.of(Role.READ, door::get))
                .put(one, guard.of(Role.ADMIN, door::replace))
                .delete(one, guard.of(Role.ADMIN, door::delete));
    }
}
