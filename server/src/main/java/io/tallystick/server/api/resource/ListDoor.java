package io.tallystick.server.api.resource;

import io.tallystick.document.Document;
import io.tallystick.document.Listing;
import io.tallystick.document.Page;
import io.tallystick.document.Reading;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lists of documents: {@code pageSize}, {@code nextToken}, {@code ids} and each resource's own filters. */
public final class ListDoor {
    private static final int PAGE_SIZE_MAX = 200;
    private static final int PAGE_SIZE = 100;

    private ListDoor() {}

    /**
     * One page, newest first.
     *
     * @param write what each document looks like in the list
     */
    public static <T> Answer list(Call call, Resource<T> resource, Reading reading, Function<Document<T>, Json> write) {
        List<Fault> faults = new ArrayList<>();
        int pageSize = pageSize(call, faults);
        OptionalInt before = before(call, faults);
        Map<String, Set<String>> keyed = new HashMap<>();
        List<Predicate<T>> looks = new ArrayList<>();
        for (Filter<T> filter : resource.filters()) {
            Set<String> values = call.queryAll(filter.parameter());
            if (!values.isEmpty()) {
                switch (filter) {
                    case Filter.ByKey<T>(String _, String key) -> keyed.put(key, values);
                    case Filter.ByWord<T> word -> keyed.put(word.key(), word.known(values, faults));
                    case Filter.ByLook<T>(String _, Filter.Look<T> look) -> looks.add(look.of(values, call, faults));
                }
            }
        }
        if (!faults.isEmpty()) {
            return Answer.problem(Problem.of(faults));
        }
        Page<T> page = reading.list(new Listing<>(
                resource.kind(),
                call.organization(),
                call.queryAll("ids"),
                keyed,
                content -> looks.stream().allMatch(look -> look.test(content)),
                before,
                pageSize));
        return Answer.ok(write(page, write));
    }

    private static <T> Json write(Page<T> page, Function<Document<T>, Json> write) {
        Json.ObjBuilder body = Json.obj()
                .with("data", new Json.Arr(page.documents().stream().map(write).toList()));
        page.next().ifPresent(next -> body.with("nextToken", Integer.toString(next)));
        return body.build();
    }

    public static int pageSize(Call call, List<Fault> faults) {
        return number(call, "pageSize", 1, PAGE_SIZE_MAX, faults).orElse(PAGE_SIZE);
    }

    private static OptionalInt before(Call call, List<Fault> faults) {
        return number(call, "nextToken", 1, Integer.MAX_VALUE, faults);
    }

    /** The whole number that a parameter says; absent where it is, or where it says another thing, which is a fault. */
    public static OptionalInt number(Call call, String parameter, int min, int max, List<Fault> faults) {
        return call.query(parameter)
                .map(text -> {
                    try {
                        int value = Integer.parseInt(text);
                        if (value >= min && value <= max) {
                            return OptionalInt.of(value);
                        }
                    } catch (NumberFormatException e) {
                        // falls through to the fault, which says the same of every other text
                    }
                    faults.add(new Fault(
                            parameter,
                            Fault.Code.INVALID,
                            "Expected %s to be a whole number of %d to %d, but was \"%s\"."
                                    .formatted(parameter, min, max, text)));
                    return OptionalInt.empty();
                })
                .orElseGet(OptionalInt::empty);
    }
}
