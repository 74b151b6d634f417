package io.tallystick.server.store.duckdb;

import io.tallystick.usage.UsageStore;
import io.tallystick.usage.intake.IntakeContract;
import java.nio.file.Path;

class DuckDbIntakeTest extends IntakeContract {
    @Override
    protected UsageStore open(Path directory) {
        return DuckDbUsageStore.open(DuckDbSettings.in(directory));
    }
}
