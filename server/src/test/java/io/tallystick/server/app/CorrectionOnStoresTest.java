package io.tallystick.server.app;

import io.tallystick.account.Account;
import io.tallystick.billing.CorrectionContract;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.id.FieldCode;
import io.tallystick.usage.UsageStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Corrections of bills on SQLite and DuckDB. */
class CorrectionOnStoresTest extends CorrectionContract {
    private final OpenStores stores;

    CorrectionOnStoresTest(@TempDir Path directory) {
        stores = new OpenStores(directory);
    }

    @AfterEach
    void closeStores() throws InterruptedException {
        stores.close();
    }

    @Override
    protected Documents documents() {
        return stores.documents();
    }

    @Override
    protected UsageStore usage() {
        return stores.usage();
    }

    @Override
    protected void measure(
            Document<Meter> meter, Document<Account> account, Instant at, Map<FieldCode, BigDecimal> values) {
        stores.measure(meter, account, at, values);
    }
}
