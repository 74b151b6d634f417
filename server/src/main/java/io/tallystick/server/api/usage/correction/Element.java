package io.tallystick.server.api.usage.correction;

import io.tallystick.usage.correction.Change;
import java.util.Optional;

/** One element of a request to void or amend, as far as it can be told without what was counted. */
sealed interface Element {
    /** The uid that it names, where it could be read. */
    Optional<String> uid();

    /** It can be decided about. */
    record Told(Change change) implements Element {
        @Override
        public Optional<String> uid() {
            return Optional.of(change.uid().uid());
        }
    }

    /** It is refused whatever was counted. */
    record Wrong(Optional<String> uid, Fault fault) implements Element {}

    /**
     * What is wrong.
     *
     * @param field the member at fault, where it is one
     * @param code as of a refused measurement
     */
    record Fault(Optional<String> field, String code, String message) {
        static Fault in(String field, String code, String message) {
            return new Fault(Optional.of(field), code, message);
        }
    }
}
