package io.tallystick.server.api;

import io.tallystick.server.json.Fault;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A refusal as clients see it.
 *
 * @param code what kind
 * @param message for people
 * @param faults what is wrong in which field, where that is the reason
 */
record Problem(Code code, String message, List<Fault> faults) {
    /** Stable codes, whose fault they name, and the HTTP status that says so. */
    enum Code {
        INVALID(400, "invalid", Blame.CALLER),
        MALFORMED(400, "malformed", Blame.CALLER),
        NOT_YET_SUPPORTED(400, "not_yet_supported", Blame.CALLER),
        TOO_SLOW(400, "too_slow", Blame.CALLER),
        UNAUTHORIZED(401, "unauthorized", Blame.CALLER),
        FORBIDDEN(403, "forbidden", Blame.CALLER),
        NOT_FOUND(404, "not_found", Blame.CALLER),
        METHOD_NOT_ALLOWED(405, "method_not_allowed", Blame.CALLER),
        STALE_VERSION(409, "stale_version", Blame.CALLER),
        TAKEN(409, "taken", Blame.CALLER),
        IN_USE(409, "in_use", Blame.CALLER),
        CONFLICT(409, "conflict", Blame.CALLER),
        TOO_LARGE(413, "too_large", Blame.CALLER),
        OVERLOADED(429, "overloaded", Blame.HOUSE),
        INTERNAL(500, "internal", Blame.HOUSE),
        UNAVAILABLE(503, "unavailable", Blame.HOUSE);

        private final int status;
        private final String word;
        private final Blame blame;

        Code(int status, String word, Blame blame) {
            this.status = status;
            this.word = word;
            this.blame = blame;
        }

        int status() {
            return status;
        }

        String word() {
            return word;
        }

        Blame blame() {
            return blame;
        }
    }

    /** Who can mend it. */
    enum Blame {
        CALLER,
        HOUSE
    }

    Problem {
        faults = List.copyOf(faults);
    }

    static Problem of(Code code, String message) {
        return new Problem(code, message, List.of());
    }

    /** All faults of one body in one answer. */
    static Problem of(List<Fault> faults) {
        boolean isOnlyUnsupported = faults.stream().allMatch(fault -> fault.code() == Fault.Code.NOT_YET_SUPPORTED);
        return new Problem(
                isOnlyUnsupported ? Code.NOT_YET_SUPPORTED : Code.INVALID,
                faults.stream().map(Fault::message).collect(Collectors.joining(" ")),
                faults);
    }
}
