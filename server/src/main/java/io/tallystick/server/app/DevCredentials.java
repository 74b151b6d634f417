package io.tallystick.server.app;

/** What opens a server in development mode. Everybody knows it, so such a server listens on loopback only. */
public final class DevCredentials {
    /** Id of the organization. */
    public static final String ORGANIZATION = "00000000-0000-4000-8000-000000000001";

    /** User name at {@code /oauth/token}. */
    public static final String ACCESS_KEY = "dev-access-key";

    /** Password at {@code /oauth/token}. */
    public static final String API_SECRET = "dev-api-secret";

    /** Value of the header {@code X-API-KEY}. */
    public static final String API_KEY = "dev-api-key";

    private DevCredentials() {}
}
