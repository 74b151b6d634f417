package io.tallystick.server.access;

import io.tallystick.document.Kind;
import io.tallystick.id.Id;

/**
 * A key of an organization. Its two secrets, one for {@code /oauth/token} and one for the header {@code X-API-KEY}, are
 * shown once when it is made and kept as hashes.
 *
 * @param organization whose it is
 * @param accessKey its public half, the user name at {@code /oauth/token}
 * @param secretHash of the API secret that goes with it
 * @param apiKeyHash of the value of {@code X-API-KEY}
 */
public record AccessKey(
        Id<Organization> organization, Role role, String accessKey, String secretHash, String apiKeyHash) {
    public static final Kind<AccessKey> KIND = Kind.of("accesskey", AccessKey.class)
            .refersTo("organization", Organization.KIND, AccessKey::organization)
            .unique("accessKey", AccessKey::accessKey)
            .unique("apiKeyHash", AccessKey::apiKeyHash);
}
