package io.tallystick.server.app;

import io.tallystick.document.Document;
import io.tallystick.document.Registered;
import io.tallystick.server.access.Access;
import io.tallystick.server.access.Credentials;
import io.tallystick.server.access.Organization;
import io.tallystick.server.access.Role;
import io.tallystick.server.store.sqlite.SqliteDocuments;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * One more organization in a data directory that no server has open.
 *
 * @param apiKey of its administrator
 */
public record SecondOrganization(String id, String apiKey) {
    public static SecondOrganization in(Path data) {
        try (SqliteDocuments documents = SqliteDocuments.open(data, Codecs.all())) {
            Access access = new Access(documents, TokenSecret.of(data), InstantSource.system());
            Document<Organization> organization = done(access.createOrganization("second", "TEST"));
            Credentials credentials = access.drawCredentials();
            done(access.createKey(organization.id(), Role.ADMIN, credentials, "TEST"));
            return new SecondOrganization(organization.id().value(), credentials.apiKey());
        }
    }

    private static <T> Document<T> done(Registered<T> registered) {
        return ((Registered.Done<T>) registered).document();
    }
}
