package io.tallystick.server.json;

import static io.tallystick.server.json.Field.required;

import io.tallystick.id.Id;
import io.tallystick.server.access.AccessKey;
import io.tallystick.server.access.Organization;
import io.tallystick.server.access.Role;

/** Organizations and access keys, as they are kept; no door answers them. */
final class AccessJson {
    private static final Field<Organization, String> NAME = required("name", Types.text(1, 200), Organization::name);

    static final Shape<Organization> ORGANIZATION = Shape.of(values -> new Organization(values.get(NAME)), NAME);

    private static final Field<AccessKey, Id<Organization>> OF =
            required("organization", Types.id(), AccessKey::organization);
    private static final Field<AccessKey, Role> ROLE = required("role", Types.choice(Role.class), AccessKey::role);
    private static final Field<AccessKey, String> ACCESS_KEY =
            required("accessKey", Types.text(1, 200), AccessKey::accessKey);
    private static final Field<AccessKey, String> SECRET_HASH =
            required("secretHash", Types.text(1, 200), AccessKey::secretHash);
    private static final Field<AccessKey, String> API_KEY_HASH =
            required("apiKeyHash", Types.text(1, 200), AccessKey::apiKeyHash);

    static final Shape<AccessKey> KEY = Shape.of(
            values -> new AccessKey(
                    values.get(OF),
                    values.get(ROLE),
                    values.get(ACCESS_KEY),
                    values.get(SECRET_HASH),
                    values.get(API_KEY_HASH)),
            OF,
            ROLE,
            ACCESS_KEY,
            SECRET_HASH,
            API_KEY_HASH);

    private AccessJson() {}
}
