package io.tallystick.server.access;

import io.tallystick.document.Kind;
import io.tallystick.id.OrganizationId;

/** An organization that uses this installation. Kept, with all keys, in {@link #SYSTEM}. */
public record Organization(String name) {
    /** The organization that organizations and keys belong to; nobody has a key for it. */
    public static final OrganizationId SYSTEM = new OrganizationId("tallystick");

    public static final Kind<Organization> KIND =
            Kind.of("organization", Organization.class).unique("name", Organization::name);

    public Organization {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException(
                    "Expected a name of 1 to 200 characters, but was \"%s\".".formatted(name));
        }
    }
}
