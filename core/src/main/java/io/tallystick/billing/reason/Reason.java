package io.tallystick.billing.reason;

import io.tallystick.document.Kind;
import io.tallystick.id.Code;
import java.util.Optional;

/**
 * An entry of the list of reasons to give something back, or of the list of reasons to charge it. Source: m3ter API,
 * picklists creditreasons and debitreasons.
 *
 * @param code unique within its list
 * @param isArchived no longer offered for choice; lines that name it keep it
 */
public record Reason(String name, Optional<Code> code, boolean isArchived) {
    public static final Kind<Reason> CREDIT = listed("creditreason");
    public static final Kind<Reason> DEBIT = listed("debitreason");

    private static Kind<Reason> listed(String name) {
        return Kind.of(name, Reason.class)
                .uniqueIfPresent("code", reason -> reason.code().map(Code::value))
                .foundBy("archived", reason -> Optional.of(Boolean.toString(reason.isArchived())));
    }
}
