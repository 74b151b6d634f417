package io.tallystick.server.app;

import io.tallystick.document.Document;
import io.tallystick.document.Registered;
import io.tallystick.id.Id;
import io.tallystick.server.access.Access;
import io.tallystick.server.access.Credentials;
import io.tallystick.server.access.Organization;
import io.tallystick.server.access.Role;

/**
 * The credentials that exist before anybody made some: in development mode fixed ones, otherwise an organization with a
 * key of its own, whose secrets are printed once.
 */
final class FirstCredentials {
    private static final Credentials DEV =
            new Credentials(DevCredentials.ACCESS_KEY, DevCredentials.API_SECRET, DevCredentials.API_KEY);
    private static final String AUTHOR = "FIRST_START";

    private FirstCredentials() {}

    static void ensure(Access access, boolean isDev) {
        if (isDev) {
            ensureDev(access);
        } else if (access.organizations().isEmpty()) {
            Document<Organization> organization = done(access.createOrganization("default", AUTHOR));
            Credentials credentials = access.drawCredentials();
            done(access.createKey(organization.id(), Role.ADMIN, credentials, AUTHOR));
            print(organization, credentials);
        }
    }

    private static void ensureDev(Access access) {
        boolean isThere = access.organizations().stream()
                .anyMatch(organization -> organization.id().value().equals(DevCredentials.ORGANIZATION));
        if (!isThere) {
            done(access.createOrganization(DevCredentials.ORGANIZATION, "development", AUTHOR));
            done(access.createKey(new Id<>(DevCredentials.ORGANIZATION), Role.ADMIN, DEV, AUTHOR));
        }
    }

    private static <T> Document<T> done(Registered<T> registered) {
        if (registered instanceof Registered.Done<T>(Document<T> document)) {
            return document;
        }
        throw new IllegalStateException(
                "Expected the first credentials to be new, but the register said %s.".formatted(registered));
    }

    /** On the error stream: scripts read the ready line from the other one. */
    private static void print(Document<Organization> organization, Credentials credentials) {
        System.err.print(CredentialsText.of(organization.id(), Role.ADMIN, credentials));
        System.err.flush();
    }
}
