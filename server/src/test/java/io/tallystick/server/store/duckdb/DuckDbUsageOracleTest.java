package io.tallystick.server.store.duckdb;

import io.tallystick.usage.UsageOracleContract;
import io.tallystick.usage.UsageStore;
import java.nio.file.Path;

class DuckDbUsageOracleTest extends UsageOracleContract {
    @Override
    protected UsageStore open(Path directory) {
        return DuckDbUsageStore.open(DuckDbSettings.in(directory));
    }
}
