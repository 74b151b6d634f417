package io.tallystick.cli;

import java.io.IOException;

/** A request that was refused or not answered. The reason says which, and for a refusal the server's code and words. */
final class RequestFailed extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    RequestFailed(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
