package io.tallystick.server.app;

import java.util.logging.LogManager;

/**
 * Keeps the log alive while the process stops: the JDK's own log manager takes the handlers away in a shutdown hook,
 * beside the one in which the stores are closed and may have something to say. Public because the JDK makes it by name.
 */
public final class LastingLogManager extends LogManager {
    @Override
    public void reset() {
        // nothing: handlers stay until the process is gone
    }
}
