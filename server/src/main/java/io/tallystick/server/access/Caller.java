package io.tallystick.server.access;

import io.tallystick.id.OrganizationId;

/**
 * Somebody who showed a valid credential.
 *
 * @param keyId id of the access key, for the audit trail
 * @param organization whose documents it opens, and no others
 * @param role what it may do with them
 */
public record Caller(String keyId, OrganizationId organization, Role role) {
    /** How the audit trail names it. */
    public String author() {
        return "KEY_" + keyId;
    }
}
