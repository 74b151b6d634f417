package io.tallystick.server.store.duckdb;

import io.tallystick.usage.KeptContract;
import io.tallystick.usage.UsageStore;
import java.nio.file.Path;

class DuckDbKeptTest extends KeptContract {
    @Override
    protected UsageStore open(Path directory) {
        return DuckDbUsageStore.open(DuckDbSettings.in(directory));
    }
}
