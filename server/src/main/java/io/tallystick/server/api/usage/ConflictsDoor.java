package io.tallystick.server.api.usage;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Documents;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.usage.Conflict;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfConflicts;
import io.tallystick.usage.UsageStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /organizations/{orgId}/measurements/conflicts}: measurements that did not count because their uid was taken,
 * the latest first, each beside the one that counts, with the names of what differs. Ours.
 */
public final class ConflictsDoor {
    private static final int PAGE_SIZE = 100;
    private static final int PAGE_SIZE_MAX = 200;

    private final Documents documents;
    private final UsageStore usage;

    public ConflictsDoor(Documents documents, UsageStore usage) {
        this.documents = documents;
        this.usage = usage;
    }

    public Answer list(Call call) {
        Faults faults = new Faults();
        KeptParameters parameters = KeptParameters.ofQuery(call, faults);
        Set<String> meters = parameters.texts("meter");
        Set<String> accounts = parameters.texts("account");
        Optional<KeptParameters.Token> token = parameters.token();
        OfConflicts filter = new OfConflicts(
                parameters.places(),
                Sides.numbers(documents, Meter.KIND, call.organization(), meters),
                Sides.numbers(documents, Account.KIND, call.organization(), accounts));
        KeptQuery<OfConflicts> query = new KeptQuery<>(
                call.organization(),
                filter,
                parameters.span("ts"),
                parameters.span("received"),
                token.map(KeptParameters.Token::asOf),
                token.map(KeptParameters.Token::after),
                parameters.number("pageSize", PAGE_SIZE_MAX, PAGE_SIZE));
        if (!faults.isEmpty()) {
            return Answer.problem(Problem.of(faults.found()));
        }
        // an empty set would stand for all
        boolean isOfNobody = (!meters.isEmpty() && filter.meters().isEmpty())
                || (!accounts.isEmpty() && filter.accounts().isEmpty());
        return isOfNobody
                ? Answer.ok(Json.obj().with("data", new Json.Arr(List.of())).build())
                : KeptParameters.answer(() -> answer(usage.conflicts(query), Sides.of(documents, call.organization())));
    }

    private static Answer answer(Conflict.Page page, Sides sides) {
        Json.ObjBuilder body = Json.obj()
                .with(
                        "data",
                        new Json.Arr(page.conflicts().stream()
                                .map(conflict -> write(conflict, sides))
                                .toList()));
        page.next()
                .ifPresent(next ->
                        body.with(KeptParameters.NEXT_TOKEN, new KeptParameters.Token(page.watermark(), next).text()));
        return Answer.ok(body.build());
    }

    private static Json write(Conflict conflict, Sides sides) {
        Json.Obj uncounted = sides.write(conflict.door(), conflict.uid(), conflict.uncounted());
        Json.Obj counted = sides.write(conflict.door(), conflict.uid(), conflict.counted());
        return Json.obj()
                .with("id", KeptParameters.id(conflict.place()))
                .with("reason", conflict.isVoided() ? "voided" : "conflict")
                .with(
                        "message",
                        conflict.isVoided()
                                ? "Expected a uid whose measurement counts, but it was voided. Nothing counts under this uid until it is amended."
                                : "Expected the same content as the measurement that has this uid, but it differs. The first one stays and counts.")
                .with("uid", conflict.uid())
                .with("receivedAt", conflict.uncounted().receivedAt().toString())
                .with("differences", Sides.differences(uncounted, counted))
                .with("uncounted", uncounted)
                .with(conflict.isVoided() ? "voided" : "counted", counted)
                .build();
    }
}
