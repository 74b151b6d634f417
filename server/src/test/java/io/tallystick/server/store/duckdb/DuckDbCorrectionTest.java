package io.tallystick.server.store.duckdb;

import io.tallystick.usage.CorrectionContract;
import io.tallystick.usage.UsageStore;
import java.nio.file.Path;

class DuckDbCorrectionTest extends CorrectionContract {
    @Override
    protected UsageStore open(Path directory) {
        return DuckDbUsageStore.open(DuckDbSettings.in(directory));
    }
}
