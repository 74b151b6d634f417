package io.tallystick.document;

import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.util.List;
import java.util.Optional;

/**
 * The rules by which documents come, change and go, the same for every kind: unique keys, references that exist, the
 * version lock, and nothing deleted that something else refers to. Works inside one transaction, so that what it
 * checked still holds when it writes.
 */
public final class Registrar {
    private final Transaction transaction;
    private final OrganizationId organization;

    public Registrar(Transaction transaction, OrganizationId organization) {
        this.transaction = transaction;
        this.organization = organization;
    }

    public <T> Registered<T> create(Kind<T> kind, Id<T> id, T content) {
        return fault(kind, Optional.empty(), content)
                .orElseGet(() -> new Registered.Done<>(transaction.insert(kind, organization, id, content)));
    }

    /**
     * Writes the next version of a document.
     *
     * @param version the version the writer has seen
     */
    public <T> Registered<T> replace(Kind<T> kind, Id<T> id, int version, T content) {
        Optional<Document<T>> found = transaction.find(kind, organization, id);
        if (found.isEmpty()) {
            return new Registered.Unknown<>(kind.name(), id.value());
        }
        Document<T> current = found.get();
        if (current.version() != version) {
            return new Registered.Stale<>(kind.name(), id.value(), version, current.version());
        }
        return fault(kind, Optional.of(id), content)
                .orElseGet(() -> new Registered.Done<>(transaction.update(current, content)));
    }

    public <T> Registered<T> delete(Kind<T> kind, Id<T> id) {
        Optional<Document<T>> found = transaction.find(kind, organization, id);
        if (found.isEmpty()) {
            return new Registered.Unknown<>(kind.name(), id.value());
        }
        Optional<Referrer> referrer = transaction.referrer(kind, organization, id);
        if (referrer.isPresent()) {
            return new Registered.InUse<>(kind.name(), id.value(), referrer.get());
        }
        transaction.delete(found.get());
        return new Registered.Done<>(found.get());
    }

    private <T> Optional<Registered<T>> fault(Kind<T> kind, Optional<Id<T>> self, T content) {
        return kind.keys().stream()
                .flatMap(key ->
                        key.values().apply(content).stream().flatMap(value -> fault(kind, self, key, value).stream()))
                .findFirst();
    }

    private <T> Optional<Registered<T>> fault(Kind<T> kind, Optional<Id<T>> self, Key<T> key, String value) {
        return switch (key) {
            case Key.Unique<T> unique ->
                holder(kind, self, unique, value)
                        .map(holder -> new Registered.Taken<>(
                                kind.name(), unique.name(), value, holder.id().value()));
            case Key.Reference<T> reference -> dangling(kind, key, reference.target(), value);
            case Key.Sibling<T> _ -> dangling(kind, key, kind, value);
            case Key.Lookup<T> _ -> Optional.empty();
        };
    }

    private <T> Optional<Registered<T>> dangling(Kind<T> kind, Key<T> key, Kind<?> target, String value) {
        return exists(target, value)
                ? Optional.empty()
                : Optional.of(new Registered.Dangling<>(kind.name(), key.name(), target.name(), value));
    }

    private <T> Optional<Document<T>> holder(Kind<T> kind, Optional<Id<T>> self, Key.Unique<T> key, String value) {
        List<Document<T>> holders = transaction.findBy(kind, organization, key.name(), value);
        return holders.stream()
                .filter(holder -> self.map(id -> !id.equals(holder.id())).orElse(true))
                .findFirst();
    }

    private <R> boolean exists(Kind<R> target, String id) {
        return !id.isBlank()
                && id.length() <= 80
                && transaction.find(target, organization, new Id<R>(id)).isPresent();
    }
}
