package io.tallystick.server.api.organization;

import io.tallystick.account.InvoiceNumbering;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.billing.approval.InvoiceSequence;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Registered;
import io.tallystick.document.Registrar;
import io.tallystick.document.Transaction;
import io.tallystick.id.Id;
import io.tallystick.server.api.resource.SeenVersion;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.Shapes;
import io.tallystick.server.json.View;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code /organizationconfig}: one per organization. Until somebody sets it, it is version 1 with the documented defaults;
 * nobody has to know whether that is stored.
 */
public final class OrganizationConfigDoor {
    private static final int FIRST_VERSION = 1;

    private final Documents documents;
    private final Function<Document<OrganizationConfig>, Json.Obj> write;

    /**
     * @param write how clients see it
     */
    public OrganizationConfigDoor(Documents documents, Function<Document<OrganizationConfig>, Json.Obj> write) {
        this.documents = documents;
        this.write = write;
    }

    public Answer get(Call call) {
        return documents
                .find(OrganizationConfig.KIND, call.organization(), id(call))
                .map(config -> Answer.ok(write.apply(config)))
                .orElseGet(() -> Answer.ok(Json.obj()
                        .with("id", id(call).value())
                        .with("version", FIRST_VERSION)
                        .withAll(Shapes.ORGANIZATION_CONFIG.write(OrganizationConfig.STANDARD, View.WIRE))
                        .build()));
    }

    public Answer replace(Call call) {
        return call.withObject(body -> {
            Faults faults = new Faults();
            int version = SeenVersion.of(body, faults);
            Optional<OrganizationConfig> config = Shapes.ORGANIZATION_CONFIG.make(
                    Shapes.ORGANIZATION_CONFIG.read(body, View.WIRE, faults, () -> ""), faults);
            return config.map(said -> replace(call, version, said))
                    .orElseGet(() -> Answer.problem(Problem.of(faults.found())));
        });
    }

    private Answer replace(Call call, int version, OrganizationConfig said) {
        Outcome outcome = documents.write(call.author(), transaction -> replace(transaction, call, version, said));
        return switch (outcome) {
            case Outcome.Decided(Registered.Done<OrganizationConfig>(Document<OrganizationConfig> config)) ->
                Answer.ok(write.apply(config));
            case Outcome.Decided(Registered<OrganizationConfig> refused) -> Answer.problem(Texts.problem(refused));
            case Outcome.Contradicted(String reason) -> Answer.problem(Problem.of(Problem.Code.CONFLICT, reason));
        };
    }

    /** What came of a transaction. */
    private sealed interface Outcome {
        record Decided(Registered<OrganizationConfig> registered) implements Outcome {}

        /** Something that has happened already speaks against it. */
        record Contradicted(String reason) implements Outcome {}
    }

    private static Outcome replace(Transaction transaction, Call call, int version, OrganizationConfig said) {
        Registrar registrar = new Registrar(transaction, call.organization());
        Id<OrganizationConfig> id = id(call);
        Optional<Document<OrganizationConfig>> present =
                transaction.find(OrganizationConfig.KIND, call.organization(), id);
        int presentVersion = present.map(Document::version).orElse(FIRST_VERSION);
        if (version != presentVersion) {
            return new Outcome.Decided(
                    new Registered.Stale<>(OrganizationConfig.KIND.name(), id.value(), version, presentVersion));
        }
        InvoiceNumbering numbering = present.map(Document::content)
                .orElse(OrganizationConfig.STANDARD)
                .numbering();
        Optional<String> contradiction =
                InvoiceSequence.contradiction(transaction, call.organization(), said.numbering(), numbering);
        if (contradiction.isPresent()) {
            return new Outcome.Contradicted(contradiction.get());
        }
        if (present.isEmpty()) {
            // the version that was read becomes the one before this
            transaction.insert(OrganizationConfig.KIND, call.organization(), id, OrganizationConfig.STANDARD);
        }
        return new Outcome.Decided(registrar.replace(OrganizationConfig.KIND, id, version, said));
    }

    private static Id<OrganizationConfig> id(Call call) {
        return OrganizationConfig.idOf(call.organization());
    }
}
