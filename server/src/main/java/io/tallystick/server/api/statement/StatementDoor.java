package io.tallystick.server.api.statement;

import io.helidon.webserver.http.ServerRequest;
import io.tallystick.billing.Bill;
import io.tallystick.billing.statement.Statement;
import io.tallystick.billing.statement.Statements;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.access.Access;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.DownloadLink;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Json;
import java.util.Optional;

/**
 * {@code /bills/{id}/statement/json} and {@code /csv}: an address from which the statement of a bill can be loaded without a
 * credential, for five minutes. It is made when it is loaded, of the bill as it stands then, so that it is never stale.
 * Source: m3ter API, Statements.
 */
public final class StatementDoor {
    private static final String FORMAT = "format";
    private static final String JSON = "json";
    private static final String CSV = "csv";

    private final Documents documents;
    private final Statements statements;
    private final DownloadLink links;

    public StatementDoor(Documents documents, Statements statements, Access access) {
        this.documents = documents;
        this.statements = statements;
        this.links = new DownloadLink(access);
    }

    public Answer json(Call call) {
        return downloadUrl(call, JSON);
    }

    public Answer csv(Call call) {
        return downloadUrl(call, CSV);
    }

    private Answer downloadUrl(Call call, String format) {
        String id = call.path("id");
        if (find(call.organization(), id).isEmpty()) {
            return unknown(id);
        }
        String path = "/bills/%s/statement/file?%s=%s".formatted(DownloadLink.encoded(id), FORMAT, format);
        return Answer.ok(Json.obj()
                .with("downloadUrl", links.to(call, path, thing(id, format)))
                .build());
    }

    /** What such an address leads to. */
    public Answer file(ServerRequest request) {
        OrganizationId organization =
                new OrganizationId(request.path().pathParameters().get("orgId"));
        String id = request.path().pathParameters().get("id");
        String format = DownloadLink.query(request, FORMAT);
        if (!links.isShown(request, organization, thing(id, format))) {
            return DownloadLink.refusal("/bills/{id}/statement/json or /csv");
        }
        return find(organization, id)
                .map(bill -> file(statements.of(bill), format))
                .orElseGet(() -> unknown(id));
    }

    private static Answer file(Statement statement, String format) {
        StatementFile file = new StatementFile(statement);
        Answer answer = format.equals(CSV)
                ? Answer.text("text/csv; charset=utf-8; header=present", file.csv())
                : Answer.ok(file.json());
        return answer.with("cache-control", "private, no-store")
                .with("x-content-type-options", "nosniff")
                .with("content-disposition", "attachment; filename=\"statement.%s\"".formatted(format));
    }

    /** What the signature is of: nothing else that is signed begins with this word. */
    private static String thing(String id, String format) {
        return "statement " + format + " " + id;
    }

    private Optional<Document<Bill>> find(OrganizationId organization, String id) {
        return documents.find(Bill.KIND, organization, new Id<>(id));
    }

    private static Answer unknown(String id) {
        return Answer.problem(Problem.of(Problem.Code.NOT_FOUND, Texts.unknown(Bill.KIND.name(), id)));
    }
}
