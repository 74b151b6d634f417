package io.tallystick.server.api.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.JsonText;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfRefusals;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.KeptRefusal;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.UsageStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code GET /organizations/{orgId}/measurements/refused}: what was refused, the latest first, each with its reason and as
 * it was sent. Ours; m3ter tells of refusals in events only.
 */
public final class RefusedDoor {
    private static final int PAGE_SIZE = 100;
    private static final int PAGE_SIZE_MAX = 200;

    /** What the list says of a refusal, in m3ter's words. */
    public static final Map<String, String> FIELDS = Stream.of(
                    "id",
                    "state",
                    "outcome",
                    "resentAt",
                    "reason",
                    "message",
                    "uid",
                    "meter",
                    "account",
                    "ts",
                    "receivedAt",
                    "payload")
            .collect(toMap(
                    field -> field,
                    field -> field.equals("payload") ? "map" : "string",
                    (first, _) -> first,
                    LinkedHashMap::new));

    private final UsageStore usage;

    public RefusedDoor(UsageStore usage) {
        this.usage = usage;
    }

    public Answer list(Call call) {
        Faults faults = new Faults();
        KeptParameters parameters = KeptParameters.ofQuery(call, faults);
        Optional<KeptParameters.Token> token = parameters.token();
        KeptQuery<OfRefusals> query =
                query(call, parameters, token, parameters.number("pageSize", PAGE_SIZE_MAX, PAGE_SIZE));
        if (!faults.isEmpty()) {
            return Answer.problem(Problem.of(faults.found()));
        }
        return KeptParameters.answer(() -> answer(query));
    }

    private Answer answer(KeptQuery<OfRefusals> query) {
        KeptRefusal.Page page = usage.refusals(query);
        Json.ObjBuilder body = Json.obj()
                .with(
                        "data",
                        new Json.Arr(page.refusals().stream()
                                .<Json>map(RefusedDoor::write)
                                .toList()));
        page.next()
                .ifPresent(next ->
                        body.with(KeptParameters.NEXT_TOKEN, new KeptParameters.Token(page.watermark(), next).text()));
        return Answer.ok(body.build());
    }

    /** The question that the parameters are. */
    static KeptQuery<OfRefusals> query(
            Call call, KeptParameters parameters, Optional<KeptParameters.Token> token, int limit) {
        Set<Place> named = parameters.places();
        return new KeptQuery<>(
                call.organization(),
                new OfRefusals(
                        named,
                        parameters.state(named),
                        parameters.reasons(),
                        parameters.texts("meter"),
                        parameters.texts("account")),
                parameters.span("ts"),
                parameters.span("received"),
                token.map(KeptParameters.Token::asOf),
                token.map(KeptParameters.Token::after),
                limit);
    }

    /** A refusal as the list shows it. */
    public static Json.Obj write(KeptRefusal kept) {
        Refusal refusal = kept.refusal();
        Json.ObjBuilder body = Json.obj()
                .with("id", KeptParameters.id(kept.place()))
                .with("state", kept.resent().isPresent() ? "resent" : "open");
        kept.resent().ifPresent(resent -> body.with("outcome", resent.outcome().wireCode())
                .with("resentAt", resent.at().toString()));
        body.with("reason", refusal.reason().wireCode()).with("message", refusal.text());
        refusal.uid().ifPresent(uid -> body.with("uid", uid));
        refusal.meterCode().ifPresent(meter -> body.with("meter", meter));
        refusal.accountCode().ifPresent(account -> body.with("account", account));
        refusal.eventTime().ifPresent(time -> body.with("ts", time.toString()));
        body.with("receivedAt", refusal.receivedAt().toString());
        return body.with("payload", payload(refusal)).build();
    }

    /** As it was sent; as its text where it is JSON that no client could read, such as a member that is there twice. */
    private static Json payload(Refusal refusal) {
        return switch (JsonText.read(refusal.payload().getBytes(UTF_8))) {
            case JsonText.Reading.Read(Json json) -> json;
            case JsonText.Reading.Malformed _ -> Json.of(refusal.payload());
        };
    }
}
