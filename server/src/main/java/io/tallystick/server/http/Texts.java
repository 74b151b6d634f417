package io.tallystick.server.http;

import io.tallystick.document.Referrer;
import io.tallystick.document.Registered;
import io.tallystick.server.json.Fault;
import java.util.List;

/** What a refusal of the register is in words. */
public final class Texts {
    private static final int SHOWN_MAX = 100;

    private Texts() {}

    /** What somebody sent, as much of it as a message can bear. */
    public static String shortened(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    }

    public static String dangling(String field, String targetKind, String targetId) {
        return "Expected %s to be the id of a %s, but there is no %s with id %s."
                .formatted(field, targetKind, targetKind, targetId);
    }

    public static String unknown(String kind, String id) {
        return "Expected the id of a %s, but there is none with id %s.".formatted(kind, id);
    }

    public static <T> Problem problem(Registered<T> refused) {
        return switch (refused) {
            case Registered.Done<T> done ->
                throw new IllegalStateException(
                        "Expected a refusal, but was " + done.document().id() + ".");
            case Registered.Unknown<T>(String kind, String id) -> Problem.of(Problem.Code.NOT_FOUND, unknown(kind, id));
            case Registered.Stale<T>(String kind, String id, int expected, int actual) ->
                Problem.of(
                        Problem.Code.STALE_VERSION,
                        "Expected version %d of %s %s, which is the present one, but the request has version %d. Read it again, then repeat the change."
                                .formatted(actual, kind, id, expected));
            case Registered.Taken<T>(String kind, String key, String value, String holder) ->
                Problem.of(
                        Problem.Code.TAKEN,
                        "Expected a %s that no other %s has, but \"%s\" belongs to %s %s."
                                .formatted(key, kind, value, kind, holder));
            case Registered.Dangling<T>(String _, String field, String targetKind, String targetId) ->
                Problem.of(
                        List.of(new Fault(field, Fault.Code.UNKNOWN_REFERENCE, dangling(field, targetKind, targetId))));
            case Registered.InUse<T>(String kind, String id, Referrer by) ->
                Problem.of(
                        Problem.Code.IN_USE,
                        "Expected a %s that nothing refers to, but %s of %s %s is %s."
                                .formatted(kind, by.field(), by.kind(), by.id(), id));
        };
    }
}
