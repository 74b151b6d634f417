package io.tallystick.server.api;

import io.tallystick.account.Account;
import io.tallystick.document.Documents;
import io.tallystick.document.Watermark;
import io.tallystick.id.Id;
import io.tallystick.server.api.Events.Cursor;
import io.tallystick.server.api.Events.Event;
import io.tallystick.server.api.resource.ListDoor;
import io.tallystick.server.api.usage.RefusedDoor;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Json;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.UsageStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /events}: what happened, told by what is kept anyway. Only what is recorded has a name here. Source: m3ter API,
 * Events.
 */
final class EventsDoor {
    private static final String NEXT_TOKEN = "nextToken";
    private static final Pattern TOKEN = Pattern.compile("(|[0-9]{1,18})_(|([0-9]{1,18})-([0-9]{1,9}))");
    private static final Pattern DOCUMENT = Pattern.compile("document-([0-9]{1,18})");
    private static final Pattern REFUSED = Pattern.compile("refused-([0-9]{1,18})-([0-9]{1,9})");

    private final Documents documents;
    private final UsageStore usage;
    private final List<EventKind<?>> kinds;
    private final Map<String, Map<String, String>> fields = new LinkedHashMap<>();

    EventsDoor(Documents documents, UsageStore usage, List<EventKind<?>> kinds) {
        this.documents = documents;
        this.usage = usage;
        this.kinds = List.copyOf(kinds);
        kinds.forEach(kind -> kind.names().values().forEach(name -> fields.put(name, kind.fields())));
        fields.put(Events.REFUSED, RefusedDoor.FIELDS);
    }

    Answer list(Call call) {
        List<Fault> faults = new ArrayList<>();
        int size = ListDoor.pageSize(call, faults);
        Cursor from = call.query(NEXT_TOKEN).map(text -> cursor(text, faults)).orElse(Cursor.LATEST);
        Predicate<Event> filter = filter(call, faults);
        if (!faults.isEmpty()) {
            return Answer.problem(Problem.of(faults));
        }
        Events events = events(call, names(call), from);
        List<Json> page = new ArrayList<>();
        Optional<Cursor> end = Optional.empty();
        for (Optional<Event> event = events.next(); event.isPresent(); event = events.next()) {
            if (!filter.test(event.get())) {
                continue;
            }
            if (page.size() == size) {
                return Answer.ok(
                        body(page).with(NEXT_TOKEN, token(end.orElse(from))).build());
            }
            page.add(write(event.get()));
            end = Optional.of(events.cursor());
        }
        return Answer.ok(body(page).build());
    }

    Answer get(Call call) {
        String id = call.path("id");
        Matcher document = DOCUMENT.matcher(id);
        Matcher refused = REFUSED.matcher(id);
        Optional<Event> found = Optional.empty();
        if (document.matches()) {
            Set<String> names = new HashSet<>(fields.keySet());
            names.remove(Events.REFUSED);
            found = events(
                            call,
                            names,
                            new Cursor(
                                    Optional.of(new Watermark(Long.parseLong(document.group(1)) + 1)),
                                    Optional.empty()))
                    .next();
        } else if (refused.matches()) {
            found = events(
                            call,
                            Set.of(Events.REFUSED),
                            new Cursor(
                                    Optional.empty(),
                                    Optional.of(new Place(
                                            Long.parseLong(refused.group(1)), Integer.parseInt(refused.group(2)) + 1))))
                    .next();
        }
        return found.filter(event -> event.id().equals(id))
                .map(event -> Answer.ok(write(event)))
                .orElseGet(() -> Answer.problem(Problem.of(Problem.Code.NOT_FOUND, Texts.unknown("event", id))));
    }

    Answer types(Call call) {
        return Answer.ok(Json.obj()
                .with(
                        "events",
                        new Json.Arr(fields.keySet().stream().map(Json::of).toList()))
                .build());
    }

    /** The fields of one event, or of all. */
    Answer fields(Call call) {
        Optional<String> asked = call.query("eventName");
        if (asked.filter(name -> !fields.containsKey(name)).isPresent()) {
            return Answer.problem(Problem.of(List.of(unknown("eventName", asked.get()))));
        }
        Json.ObjBuilder events = Json.obj();
        fields.forEach((name, words) -> {
            if (asked.isEmpty() || asked.get().equals(name)) {
                Json.ObjBuilder types = Json.obj();
                words.forEach((field, word) -> types.with("new." + field, word));
                events.with(name, types.build());
            }
        });
        return Answer.ok(Json.obj().with("events", events.build()).build());
    }

    private Events events(Call call, Set<String> names, Cursor from) {
        return new Events(documents, usage, kinds, call.organization(), new Events.Walk(names, from));
    }

    /** Those that the parameters leave; a name that no event has leaves none. */
    private Set<String> names(Call call) {
        Set<String> asked = call.queryAll("eventName");
        Set<String> types = call.queryAll("eventType");
        Set<String> names = new LinkedHashSet<>(fields.keySet());
        names.removeIf(name -> !asked.isEmpty() && !asked.contains(name));
        names.removeIf(name -> !types.isEmpty() && !types.contains(name.substring(0, name.indexOf('.'))));
        // there are no notifications yet, so none has caused an event
        return call.query("notificationId").isPresent()
                        || call.query("notificationCode").isPresent()
                ? Set.of()
                : names;
    }

    private Predicate<Event> filter(Call call, List<Fault> faults) {
        Set<String> ids = call.queryAll("ids");
        Set<String> resources = call.queryAll("resourceId");
        Set<String> accounts = new HashSet<>();
        for (String id : call.queryAll("accountId")) {
            accounts.add(id);
            // a refusal says the account's code
            documents
                    .find(Account.KIND, call.organization(), new Id<>(id))
                    .ifPresent(account -> accounts.add(account.content().code().value()));
        }
        boolean isWithActioned = call.flag("includeActioned", faults).orElse(false);
        return event -> (ids.isEmpty() || ids.contains(event.id()))
                && (resources.isEmpty()
                        || event.resource().filter(resources::contains).isPresent())
                && (accounts.isEmpty()
                        || event.account().filter(accounts::contains).isPresent())
                && (isWithActioned || event.actioned().isEmpty());
    }

    private static Json write(Event event) {
        return Json.obj()
                .with("id", event.id())
                .with("eventName", event.name())
                .with("eventTime", event.time().toString())
                // clients' types demand it; where nobody has dealt with an event it says when the event was
                .with("dtActioned", event.actioned().orElseGet(event::time).toString())
                .with("m3terEvent", event.content())
                .build();
    }

    private static Json.ObjBuilder body(List<Json> page) {
        return Json.obj().with("data", new Json.Arr(page));
    }

    private static String token(Cursor cursor) {
        return cursor.change().map(change -> Long.toString(change.value())).orElse("") + "_"
                + cursor.refusal()
                        .map(place -> place.commit() + "-" + place.position())
                        .orElse("");
    }

    private static Cursor cursor(String text, List<Fault> faults) {
        Matcher token = TOKEN.matcher(text);
        if (!token.matches()) {
            faults.add(unknown(NEXT_TOKEN, text));
            return Cursor.LATEST;
        }
        return new Cursor(
                token.group(1).isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Watermark(Long.parseLong(token.group(1)))),
                token.group(2).isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Place(Long.parseLong(token.group(3)), Integer.parseInt(token.group(4)))));
    }

    private static Fault unknown(String field, String was) {
        return new Fault(
                field,
                Fault.Code.INVALID,
                "Expected %s as the API answers it, but was \"%s\".".formatted(field, Texts.shortened(was)));
    }
}
