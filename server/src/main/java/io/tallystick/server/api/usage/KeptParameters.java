package io.tallystick.server.api.usage;

import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.KeptQuery.Span;
import io.tallystick.usage.KeptQuery.State;
import io.tallystick.usage.QuestionFailedException;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.UsageWatermark;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What refusals and conflicts are asked for by, the same in the query of a list and in the body of a retry: {@code ids},
 * {@code reason}, {@code meter}, {@code account}, {@code state}, {@code tsStart} and {@code receivedStart} (inclusive),
 * {@code tsEnd} and {@code receivedEnd} (exclusive), {@code nextToken}.
 *
 * @param values all values of a parameter
 * @param faults gets what is wrong with them
 */
record KeptParameters(Function<String, Set<String>> values, Faults faults) {
    static final String IDS = "ids";
    static final String NEXT_TOKEN = "nextToken";
    private static final String STATE = "state";

    /** More make a question of a megabyte. */
    private static final int VALUES_MAX = 1000;

    private static final Pattern ID = Pattern.compile("([0-9]{1,18})-([0-9]{1,9})");
    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,18})_([0-9]{1,18})_([0-9]{1,9})");

    /** Where a list goes on: behind a place, as of the state that its first page showed. */
    record Token(UsageWatermark asOf, Place after) {
        String text() {
            return asOf.value() + "_" + after.commit() + "_" + after.position();
        }
    }

    static KeptParameters ofQuery(Call call, Faults faults) {
        return new KeptParameters(call::queryAll, faults);
    }

    /** Members of an object, each a string or an array of strings. */
    static KeptParameters ofBody(Json.Obj body, Faults faults) {
        return new KeptParameters(name -> texts(body, name, faults), faults);
    }

    private static Set<String> texts(Json.Obj body, String name, Faults faults) {
        Set<String> texts = new LinkedHashSet<>();
        body.member(name).ifPresent(value -> {
            List<Json> items = value instanceof Json.Arr(List<Json> all) ? all : List.of(value);
            for (Json item : items) {
                if (item instanceof Json.Text(String text)) {
                    texts.add(text);
                } else {
                    faults.add(new Fault(
                            name,
                            Fault.Code.INVALID,
                            "Expected %s to be a string or an array of strings, but there was %s."
                                    .formatted(name, item.kind())));
                }
            }
        });
        return texts;
    }

    static String id(Place place) {
        return place.commit() + "-" + place.position();
    }

    Set<String> texts(String name) {
        Set<String> texts = values.apply(name);
        if (texts.size() > VALUES_MAX) {
            add(name, "at most %d values of %s".formatted(VALUES_MAX, name), "there were " + texts.size());
            return Set.of();
        }
        return texts;
    }

    Set<Place> places() {
        Set<Place> places = new HashSet<>();
        for (String text : texts(IDS)) {
            Matcher id = ID.matcher(text);
            if (id.matches()) {
                places.add(new Place(Long.parseLong(id.group(1)), Integer.parseInt(id.group(2))));
            } else {
                add(IDS, "ids as the list answers them, such as 12-3", "one was \"%s\"".formatted(shown(text)));
            }
        }
        return places;
    }

    Set<Refusal.Reason> reasons() {
        Set<Refusal.Reason> reasons = new HashSet<>();
        for (String text : texts("reason")) {
            Arrays.stream(Refusal.Reason.values())
                    .filter(reason -> reason.wireCode().equals(text))
                    .findFirst()
                    .ifPresentOrElse(
                            reasons::add,
                            () -> add(
                                    "reason",
                                    "reason to be one of "
                                            + Arrays.stream(Refusal.Reason.values())
                                                    .map(Refusal.Reason::wireCode)
                                                    .collect(Collectors.joining(", ")),
                                    "was \"%s\"".formatted(shown(text))));
        }
        return reasons;
    }

    /** What somebody did not say means the open ones, or, where they are named, whatever became of them. */
    State state(Set<Place> named) {
        return one(STATE)
                .flatMap(text -> {
                    Optional<State> state = Arrays.stream(State.values())
                            .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                            .findFirst();
                    if (state.isEmpty()) {
                        add(STATE, "state to be open, resent or any", "was \"%s\"".formatted(shown(text)));
                    }
                    return state;
                })
                .orElseGet(() -> named.isEmpty() ? State.OPEN : State.ANY);
    }

    /** Between the parameters NAMEStart and NAMEEnd. */
    Span span(String name) {
        return new Span(time(name + "Start"), time(name + "End"));
    }

    Optional<Token> token() {
        return one(NEXT_TOKEN).flatMap(text -> {
            Matcher token = TOKEN.matcher(text);
            if (token.matches()) {
                return Optional.of(new Token(
                        new UsageWatermark(token.group(1)),
                        new Place(Long.parseLong(token.group(2)), Integer.parseInt(token.group(3)))));
            }
            add(NEXT_TOKEN, "nextToken as it was answered", "was \"%s\"".formatted(shown(text)));
            return Optional.empty();
        });
    }

    /** The answer of a question that goes on behind a token; one of another store is the caller's mistake. */
    static Answer answer(Supplier<Answer> question) {
        try {
            return question.get();
        } catch (QuestionFailedException e) {
            if (e.reason() != QuestionFailedException.Reason.UNKNOWN_WATERMARK) {
                throw e;
            }
            return Answer.problem(
                    Problem.of(
                            List.of(
                                    new Fault(
                                            NEXT_TOKEN,
                                            Fault.Code.INVALID,
                                            "Expected nextToken as it was answered, but it speaks of a state that this server has not seen. Begin with the first page."))));
        }
    }

    /** A whole number of 1 to a limit. */
    int number(String name, int max, int otherwise) {
        return one(name)
                .map(text -> {
                    if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= max) {
                        return Integer.parseInt(text);
                    }
                    add(
                            name,
                            "%s to be a whole number of 1 to %d".formatted(name, max),
                            "was \"%s\"".formatted(shown(text)));
                    return otherwise;
                })
                .orElse(otherwise);
    }

    private Optional<Instant> time(String name) {
        return one(name).flatMap(text -> {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                add(
                        name,
                        "%s to be a date-time with an offset or Z, such as 2024-12-12T20:36:00Z".formatted(name),
                        "was \"%s\"".formatted(shown(text)));
                return Optional.empty();
            }
        });
    }

    private Optional<String> one(String name) {
        Set<String> texts = values.apply(name);
        if (texts.size() > 1) {
            add(name, "one " + name, "there were " + texts.size());
        }
        return texts.stream().findFirst();
    }

    private void add(String field, String expected, String but) {
        faults.add(new Fault(field, Fault.Code.INVALID, "Expected %s, but %s.".formatted(expected, but)));
    }

    private static String shown(String text) {
        return Texts.shortened(text);
    }
}
