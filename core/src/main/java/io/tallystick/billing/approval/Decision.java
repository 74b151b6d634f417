package io.tallystick.billing.approval;

import io.tallystick.billing.Bill;
import io.tallystick.document.Document;
import io.tallystick.document.Registered;
import io.tallystick.id.Id;
import java.util.List;

/** What came of an attempt to bring bills into the books. A refusal has changed nothing. */
public sealed interface Decision {
    /**
     * Done.
     *
     * @param bills as they are now, in the order in which they were asked for
     * @param changed how many were not so before
     */
    record Done(List<Document<Bill>> bills, int changed) implements Decision {
        public Done {
            bills = List.copyOf(bills);
        }
    }

    /** There are no such bills. */
    record Unknown(List<Id<Bill>> ids) implements Decision {
        public Unknown {
            ids = List.copyOf(ids);
        }
    }

    /** Refused by the rules that all documents share: seen in another version, or still referred to. */
    record Refused(Registered<Bill> by) implements Decision {}

    /** The state it is in forbids it; the text says which, and what to do. */
    record Forbidden(String reason) implements Decision {}
}
