package io.tallystick.server.access;

/**
 * A new key's secrets, in the clear: shown once, never stored.
 *
 * @param accessKey user name at {@code /oauth/token}
 * @param apiSecret password at {@code /oauth/token}
 * @param apiKey value of the header {@code X-API-KEY}
 */
public record Credentials(String accessKey, String apiSecret, String apiKey) {
    @Override
    public String toString() {
        return "Credentials[accessKey=" + accessKey + ", secrets hidden]";
    }
}
