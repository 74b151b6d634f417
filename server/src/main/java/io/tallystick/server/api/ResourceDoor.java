package io.tallystick.server.api;

import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Registered;
import io.tallystick.document.Registrar;
import io.tallystick.document.Transaction;
import io.tallystick.id.Id;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.SeenVersion;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.Values;
import io.tallystick.server.json.View;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Creates, lists, reads, replaces and deletes the documents of one resource. The same for all of them.
 *
 * @param <T> what the documents hold
 */
final class ResourceDoor<T> {
    private final Resource<T> resource;
    private final Documents documents;
    private final Supplier<String> ids;
    private final Runnable changed;

    /**
     * @param ids draws identifiers
     * @param changed is told after each change of a document
     */
    ResourceDoor(Resource<T> resource, Documents documents, Supplier<String> ids, Runnable changed) {
        this.resource = resource;
        this.documents = documents;
        this.ids = ids;
        this.changed = changed;
    }

    Answer list(Call call) {
        return ListDoor.list(call, resource, documents, this::write);
    }

    Answer get(Call call) {
        return documents
                .find(resource.kind(), call.organization(), id(call))
                .map(document -> Answer.ok(write(document)))
                .orElseGet(() -> unknown(call));
    }

    /** Everything that ever happened to a document, oldest first, its deletion included: who, when, what it said then. */
    Answer revisions(Call call) {
        List<Json> revisions =
                documents.history(resource.kind(), call.organization(), ResourceDoor.<T>id(call)).stream()
                        .<Json>map(revision -> Json.obj()
                                .with("change", revision.change().name())
                                .with("by", revision.author().name())
                                .with("at", revision.author().at().toString())
                                .with("document", write(revision.document()))
                                .build())
                        .toList();
        return revisions.isEmpty()
                ? unknown(call)
                : Answer.ok(Json.obj().with("data", new Json.Arr(revisions)).build());
    }

    Answer create(Call call) {
        return call.withObject(body -> {
            Faults faults = new Faults();
            Values<T> values = resource.shape().read(body, View.WIRE, faults, ids);
            if (!faults.isEmpty()) {
                return Answer.problem(Problem.of(faults.found()));
            }
            Id<T> id = new Id<>(ids.get());
            return written(documents.write(call.author(), transaction -> {
                Draft<T> draft = new Draft<>(transaction, call.organization(), id, Optional.empty(), faults);
                return decide(
                        values, draft, content -> registrar(transaction, call).create(resource.kind(), id, content));
            }));
        });
    }

    Answer replace(Call call) {
        return call.withObject(body -> {
            Faults faults = new Faults();
            Values<T> values = resource.shape().read(body, View.WIRE, faults, ids);
            int version = SeenVersion.of(body, faults);
            if (!faults.isEmpty()) {
                return Answer.problem(Problem.of(faults.found()));
            }
            return written(
                    documents.write(call.author(), transaction -> replace(call, transaction, values, version, faults)));
        });
    }

    private Outcome<T> replace(Call call, Transaction transaction, Values<T> values, int version, Faults faults) {
        Optional<Document<T>> previous = transaction.find(resource.kind(), call.organization(), id(call));
        if (previous.isEmpty() || previous.get().version() != version) {
            // the register words both refusals; the content does not matter then
            return new Outcome.Decided<>(refusal(call, previous, version));
        }
        Draft<T> draft = new Draft<>(transaction, call.organization(), id(call), previous, faults);
        return decide(values, draft, content -> registrar(transaction, call)
                .replace(resource.kind(), id(call), version, content));
    }

    /** Makes the content, holds it against everything else, and registers it if nothing speaks against it. */
    private Outcome<T> decide(Values<T> values, Draft<T> draft, Function<T, Registered<T>> register) {
        Optional<T> content = content(values, draft);
        if (content.isEmpty()) {
            return new Outcome.Refused<>(Problem.of(draft.faults().found()));
        }
        return resource.rules()
                .contradiction(content.get(), draft)
                .<Outcome<T>>map(Outcome.Refused::new)
                .orElseGet(() -> new Outcome.Decided<>(register.apply(content.get())));
    }

    private Registered<T> refusal(Call call, Optional<Document<T>> previous, int version) {
        String kind = resource.kind().name();
        String id = id(call).value();
        return previous.<Registered<T>>map(current -> new Registered.Stale<>(kind, id, version, current.version()))
                .orElseGet(() -> new Registered.Unknown<>(kind, id));
    }

    Answer delete(Call call) {
        return written(documents.write(call.author(), transaction -> transaction
                .find(resource.kind(), call.organization(), id(call))
                .flatMap(resource.rules()::mayDelete)
                .<Outcome<T>>map(Outcome.Refused::new)
                .orElseGet(
                        () -> new Outcome.Decided<>(registrar(transaction, call).delete(resource.kind(), id(call))))));
    }

    /** What came of a transaction. */
    private sealed interface Outcome<T> {
        record Decided<T>(Registered<T> registered) implements Outcome<T> {}

        record Refused<T>(Problem problem) implements Outcome<T> {}
    }

    private Answer written(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Decided<T>(Registered.Done<T>(Document<T> document)) -> {
                changed.run();
                yield Answer.ok(write(document));
            }
            case Outcome.Decided<T>(Registered<T> refused) -> Answer.problem(Texts.problem(refused));
            case Outcome.Refused<T>(Problem problem) -> Answer.problem(problem);
        };
    }

    private Optional<T> content(Values<T> values, Draft<T> draft) {
        resource.rules().complete(values, draft);
        if (!draft.faults().isEmpty()) {
            return Optional.empty();
        }
        Optional<T> content = resource.shape().make(values, draft.faults());
        content.ifPresent(made -> resource.rules().check(made, draft));
        return draft.faults().isEmpty() ? content : Optional.empty();
    }

    private Registrar registrar(Transaction transaction, Call call) {
        return new Registrar(transaction, call.organization());
    }

    private Json write(Document<T> document) {
        return resource.write(document);
    }

    private Answer unknown(Call call) {
        return Answer.problem(
                Problem.of(Problem.Code.NOT_FOUND, Texts.unknown(resource.kind().name(), call.path("id"))));
    }

    private static <T> Id<T> id(Call call) {
        return new Id<>(call.path("id"));
    }
}
