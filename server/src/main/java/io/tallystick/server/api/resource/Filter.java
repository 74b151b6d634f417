package io.tallystick.server.api.resource;

import io.tallystick.server.http.Call;
import io.tallystick.server.json.Fault;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A query parameter by which a list can be narrowed.
 *
 * @param <T> what the listed documents hold
 */
public sealed interface Filter<T> {
    /** Name of the parameter. */
    String parameter();

    /** By a key of the kind, which the store has an index for. */
    record ByKey<T>(String parameter, String key) implements Filter<T> {}

    /** By a key that has one of a few words; another one is a fault, since a list of nothing would hide the slip. */
    record ByWord<T>(String parameter, String key, List<String> words) implements Filter<T> {
        public ByWord {
            words = List.copyOf(words);
        }

        Set<String> known(Set<String> values, List<Fault> faults) {
            values.stream()
                    .filter(value -> !words.contains(value))
                    .forEach(value -> faults.add(new Fault(
                            parameter,
                            Fault.Code.INVALID,
                            "Expected %s to be one of %s, but was \"%s\"."
                                    .formatted(parameter, String.join(", ", words), value))));
            return values;
        }
    }

    /** By looking at each document. */
    record ByLook<T>(String parameter, Look<T> look) implements Filter<T> {}

    /** Makes a question about one document out of the values of a parameter. */
    @FunctionalInterface
    interface Look<T> {
        /**
         * Whether a document passes.
         *
         * @param values of the parameter, at least one
         * @param call whose list it is
         * @param faults gets what is wrong with the values
         */
        Predicate<T> of(Set<String> values, Call call, List<Fault> faults);
    }

    /** The one date that a parameter says, or nothing and a fault. */
    static Optional<LocalDate> date(String parameter, Set<String> values, List<Fault> faults) {
        if (values.size() == 1) {
            try {
                return Optional.of(LocalDate.parse(values.iterator().next()));
            } catch (DateTimeParseException e) {
                // the fault below says it of every text that is no date
            }
        }
        faults.add(new Fault(
                parameter,
                Fault.Code.INVALID,
                "Expected %s to be one date such as 2025-01-01, but was \"%s\"."
                        .formatted(parameter, String.join(",", values))));
        return Optional.empty();
    }
}
