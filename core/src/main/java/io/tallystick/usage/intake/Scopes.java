package io.tallystick.usage.intake;

import io.tallystick.id.OrganizationId;
import io.tallystick.usage.Door;
import io.tallystick.usage.Identity;
import io.tallystick.usage.IdentityHash;
import org.jspecify.annotations.Nullable;

/** The hash of the scope asked for last: the measurements of a request nearly always have the same. */
final class Scopes {
    private final IdentityHash hash;
    private @Nullable OrganizationId organization;
    private @Nullable Door door;
    private IdentityHash.@Nullable Scope scope;

    Scopes(IdentityHash hash) {
        this.hash = hash;
    }

    IdentityHash.Scope of(Identity identity) {
        if (scope == null || door != identity.door() || !identity.organization().equals(organization)) {
            organization = identity.organization();
            door = identity.door();
            scope = hash.scope(identity.organization(), identity.door());
        }
        return scope;
    }
}
