package io.tallystick.server.api;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.http.Problem;
import io.tallystick.usage.UsageStore;
import java.util.Optional;

/** An account that used something stays. */
final class AccountRules implements Rules<Account> {
    private final Documents documents;
    private final InUse inUse;

    AccountRules(Documents documents, UsageStore usage) {
        this.documents = documents;
        this.inUse = new InUse(usage);
    }

    @Override
    public Optional<Problem> mayDelete(Document<Account> document) {
        return inUse.ofAccount(document, documents.asOf(documents.watermark(), Meter.KIND, document.organization()));
    }
}
