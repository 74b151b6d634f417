package io.tallystick.server.api.usage;

import io.helidon.webserver.http.ServerRequest;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.access.Access;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.DownloadLink;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Json;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfRefusals;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.KeptQuery.State;
import io.tallystick.usage.KeptRefusal;
import io.tallystick.usage.UsageStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code GET /measurements/failedIngest/getDownloadUrl?file=}: an address from which a refused measurement can be loaded
 * without a credential, for five minutes. The file is named in the event of the refusal. Source: m3ter API, Submit
 * measurements.
 */
public final class FailedIngestDoor {
    private static final String FILE = "file";
    private static final Pattern NAME = Pattern.compile("refused-([0-9]{1,18})-([0-9]{1,9})\\.json");

    private final UsageStore usage;
    private final DownloadLink links;

    public FailedIngestDoor(UsageStore usage, Access access) {
        this.usage = usage;
        this.links = new DownloadLink(access);
    }

    public Answer downloadUrl(Call call) {
        Optional<String> file = call.query(FILE);
        if (file.isEmpty()) {
            return Answer.problem(Problem.of(List.of(new Fault(
                    FILE,
                    Fault.Code.MISSING,
                    "Expected the parameter file, as an event %s names it, but it is absent."
                            .formatted("ingest.validation.failure")))));
        }
        if (refusal(call.organization(), file.get()).isEmpty()) {
            return unknown(file.get());
        }
        String url =
                links.to(call, "/measurements/failedIngest/file?file=" + DownloadLink.encoded(file.get()), file.get());
        return Answer.ok(Json.obj().with("url", url).build());
    }

    /** What such an address leads to; its signature is the credential. */
    public Answer file(ServerRequest request) {
        OrganizationId organization =
                new OrganizationId(request.path().pathParameters().get("orgId"));
        String file = DownloadLink.query(request, FILE);
        if (!links.isShown(request, organization, file)) {
            return DownloadLink.refusal("getDownloadUrl");
        }
        return refusal(organization, file)
                .map(kept -> Answer.ok(RefusedDoor.write(kept)))
                .orElseGet(() -> unknown(file));
    }

    private Optional<KeptRefusal> refusal(OrganizationId organization, String file) {
        Matcher name = NAME.matcher(file);
        if (!name.matches()) {
            return Optional.empty();
        }
        Place place = new Place(Long.parseLong(name.group(1)), Integer.parseInt(name.group(2)));
        OfRefusals named = new OfRefusals(Set.of(place), State.ANY, Set.of(), Set.of(), Set.of());
        return usage.refusals(KeptQuery.latest(organization, named, 1)).refusals().stream()
                .findFirst();
    }

    private static Answer unknown(String file) {
        return Answer.problem(Problem.of(Problem.Code.NOT_FOUND, Texts.unknown(FILE, Texts.shortened(file))));
    }
}
