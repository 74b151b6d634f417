package io.tallystick.server.api.resource;

import io.tallystick.document.Document;
import io.tallystick.document.Kind;
import io.tallystick.document.Reading;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Faults;
import java.util.Optional;

/**
 * A document on its way in, inside the transaction that will write it.
 *
 * @param reading the other documents, as they are in this transaction
 * @param organization whose it will be
 * @param id its own id
 * @param previous the version it replaces, if it replaces one
 * @param faults what is wrong with it
 */
public record Draft<T>(
        Reading reading, OrganizationId organization, Id<T> id, Optional<Document<T>> previous, Faults faults) {
    /** Another document that a field names; where there is none, that is a fault. */
    public <R> Optional<Document<R>> referred(String field, Kind<R> kind, Id<R> target) {
        Optional<Document<R>> found = reading.find(kind, organization, target);
        if (found.isEmpty()) {
            faults.add(
                    new Fault(field, Fault.Code.UNKNOWN_REFERENCE, Texts.dangling(field, kind.name(), target.value())));
        }
        return found;
    }

    public void invalid(String field, String message) {
        faults.add(new Fault(field, Fault.Code.INVALID, message));
    }
}
