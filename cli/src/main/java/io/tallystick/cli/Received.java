package io.tallystick.cli;

import io.tallystick.server.json.Json;
import java.math.BigDecimal;
import java.util.List;

/**
 * A JSON object that a server answered. What is missing or of another kind is an error of the server, and named.
 *
 * @param origin the request it came from, for messages
 */
record Received(String origin, Json.Obj body) {
    String text(String member) throws RequestFailed {
        if (member(member) instanceof Json.Text(String text)) {
            return text;
        }
        throw unexpected(member, "a string");
    }

    BigDecimal number(String member) throws RequestFailed {
        if (member(member) instanceof Json.Num(String literal)) {
            return new BigDecimal(literal);
        }
        throw unexpected(member, "a number");
    }

    /** The objects of an array. */
    List<Received> objects(String member) throws RequestFailed {
        if (member(member) instanceof Json.Arr(List<Json> items)
                && items.stream().allMatch(Json.Obj.class::isInstance)) {
            return items.stream()
                    .map(Json.Obj.class::cast)
                    .map(object -> new Received(origin, object))
                    .toList();
        }
        throw unexpected(member, "an array of objects");
    }

    private Json member(String name) {
        return body.member(name).orElseGet(Json.Null::new);
    }

    private RequestFailed unexpected(String member, String kind) {
        return new RequestFailed("Expected \"%s\" to be %s in the answer to %s, but it was %s."
                .formatted(member, kind, origin, member(member).shown()));
    }
}
