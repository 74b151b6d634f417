package io.tallystick.server.api.resource;

import io.tallystick.document.Document;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Values;
import java.util.Optional;

/**
 * What one kind of document demands beyond its own fields. Everything is optional.
 *
 * @param <T> what the documents hold
 */
public interface Rules<T> {
    /** Fills in what the house knows; puts what is wrong into the draft's faults. */
    default void complete(Values<T> values, Draft<T> draft) {}

    /** Holds the content against other documents; puts what is wrong into the draft's faults. */
    default void check(T content, Draft<T> draft) {}

    /** What the content contradicts that is there already, if anything. */
    default Optional<Problem> contradiction(T content, Draft<T> draft) {
        return Optional.empty();
    }

    /** Why a document may not be deleted, if it may not; that nothing refers to it is seen to already. */
    default Optional<Problem> mayDelete(Document<T> document) {
        return Optional.empty();
    }

    /** No rules beyond the fields. */
    static <T> Rules<T> none() {
        return new Rules<>() {};
    }
}
