package io.tallystick.server.http;

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
public record Problem(Code code, String message, List<Fault> faults) {
    /** Stable codes and their HTTP status: below 500 the caller can mend it, from 500 on the operator. */
    public enum Code {
        INVALID(400, "invalid"),
        MALFORMED(400, "malformed"),
        NOT_YET_SUPPORTED(400, "not_yet_supported"),
        TOO_SLOW(400, "too_slow"),
        UNAUTHORIZED(401, "unauthorized"),
        FORBIDDEN(403, "forbidden"),
        NOT_FOUND(404, "not_found"),
        METHOD_NOT_ALLOWED(405, "method_not_allowed"),
        BODY_TIMEOUT(408, "body_timeout"),
        STALE_VERSION(409, "stale_version"),
        TAKEN(409, "taken"),
        IN_USE(409, "in_use"),
        CONFLICT(409, "conflict"),
        TOO_LARGE(413, "too_large"),
        OVERLOADED(429, "overloaded"),
        INTERNAL(500, "internal"),
        UNAVAILABLE(503, "unavailable"),
        IDENTITY_BUDGET_REACHED(503, "identity_budget_reached");

        private final int status;
        private final String word;

        Code(int status, String word) {
            this.status = status;
            this.word = word;
        }

        public int status() {
            return status;
        }

        public String word() {
            return word;
        }
    }

    public Problem {
        faults = List.copyOf(faults);
    }

    public static Problem of(Code code, String message) {
        return new Problem(code, message, List.of());
    }

    /** All faults of one body in one answer. */
    public static Problem of(List<Fault> faults) {
        boolean isOnlyUnsupported = faults.stream().allMatch(fault -> fault.code() == Fault.Code.NOT_YET_SUPPORTED);
        return new Problem(
                isOnlyUnsupported ? Code.NOT_YET_SUPPORTED : Code.INVALID,
                faults.stream().map(Fault::message).collect(Collectors.joining(" ")),
                faults);
    }
}
