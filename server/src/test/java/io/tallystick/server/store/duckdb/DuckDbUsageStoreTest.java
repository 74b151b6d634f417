package io.tallystick.server.store.duckdb;

import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageStoreContract;
import java.nio.file.Path;

class DuckDbUsageStoreTest extends UsageStoreContract {
    @Override
    protected UsageStore open(Path directory) {
        return DuckDbUsageStore.open(DuckDbSettings.in(directory));
    }
}
