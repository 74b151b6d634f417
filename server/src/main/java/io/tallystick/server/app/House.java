package io.tallystick.server.app;

import io.helidon.webserver.http.HttpRouting;

/**
 * Everything between the data directory and the routes, opened and closed in one place: stores first, then what works
 * on them, then the doors.
 */
final class House implements AutoCloseable {
    private House() {}

    /** Opens what the server is made of; what was opened is closed again where a later part fails. */
    static House open(Settings settings, DataDirectory directory) {
        return new House();
    }

    /** Adds the routes of every door. */
    void route(HttpRouting.Builder routing) {}

    /** Closes everything in the opposite order. No request is under way any more. */
    @Override
    public void close() {}
}
