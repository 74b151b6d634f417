package io.tallystick.server.api.usage;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Documents;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.usage.Correction;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfCorrections;
import io.tallystick.usage.UsageStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /organizations/{orgId}/measurements/corrections}: what was voided and amended, by whom and when, the latest
 * first, with what counted before and after. Ours.
 */
public final class CorrectionsDoor {
    private static final int PAGE_SIZE = 100;
    private static final int PAGE_SIZE_MAX = 200;

    private final Documents documents;
    private final UsageStore usage;

    public CorrectionsDoor(Documents documents, UsageStore usage) {
        this.documents = documents;
        this.usage = usage;
    }

    public Answer list(Call call) {
        Faults faults = new Faults();
        KeptParameters parameters = KeptParameters.ofQuery(call, faults);
        Set<String> meters = parameters.texts("meter");
        Set<String> accounts = parameters.texts("account");
        Optional<KeptParameters.Token> token = parameters.token();
        OfCorrections filter = new OfCorrections(
                parameters.places(),
                Sides.numbers(documents, Meter.KIND, call.organization(), meters),
                Sides.numbers(documents, Account.KIND, call.organization(), accounts));
        KeptQuery<OfCorrections> query = new KeptQuery<>(
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
                : KeptParameters.answer(
                        () -> answer(usage.corrections(query), Sides.of(documents, call.organization())));
    }

    private static Answer answer(Correction.Page page, Sides sides) {
        Json.ObjBuilder body = Json.obj()
                .with(
                        "data",
                        new Json.Arr(page.corrections().stream()
                                .map(kept -> write(kept, sides))
                                .toList()));
        page.next()
                .ifPresent(next ->
                        body.with(KeptParameters.NEXT_TOKEN, new KeptParameters.Token(page.watermark(), next).text()));
        return Answer.ok(body.build());
    }

    private static Json write(Correction.Kept kept, Sides sides) {
        Json.Obj before = sides.write(kept.door(), kept.uid(), kept.before());
        Json.ObjBuilder body = Json.obj()
                .with("id", KeptParameters.id(kept.place()))
                .with("kind", kept.kind().wireCode())
                .with("uid", kept.uid())
                .with("by", kept.by())
                .with("receivedAt", kept.at().toString())
                .with("before", before);
        kept.after().ifPresent(version -> {
            Json.Obj after = sides.write(kept.door(), kept.uid(), version);
            body.with("after", after).with("differences", Sides.differences(before, after));
        });
        return body.build();
    }
}
