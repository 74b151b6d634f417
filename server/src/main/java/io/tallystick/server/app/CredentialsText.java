package io.tallystick.server.app;

import io.tallystick.id.Id;
import io.tallystick.server.access.Credentials;
import io.tallystick.server.access.Organization;
import io.tallystick.server.access.Role;

/** New credentials as they are printed, once. */
final class CredentialsText {
    private CredentialsText() {}

    static String of(Id<Organization> organization, Role role, Credentials credentials) {
        return """
                These credentials are shown once and kept as hashes only. Write them down now.
                organization  %s
                role          %s
                access key    %s
                API secret    %s
                X-API-KEY     %s
                """
                .formatted(organization, role, credentials.accessKey(), credentials.apiSecret(), credentials.apiKey());
    }
}
