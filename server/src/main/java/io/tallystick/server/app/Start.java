package io.tallystick.server.app;

/** What comes of starting a server. */
public sealed interface Start {
    /** It answers requests until it is closed. */
    record Ready(Server server) implements Start {}

    /** It did not start, for a reason that says what to do; nothing is left open. */
    record Refused(String reason) implements Start {}
}
