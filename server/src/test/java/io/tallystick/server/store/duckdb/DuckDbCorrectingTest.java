package io.tallystick.server.store.duckdb;

import io.tallystick.usage.UsageStore;
import io.tallystick.usage.intake.CorrectingContract;
import java.nio.file.Path;

class DuckDbCorrectingTest extends CorrectingContract {
    @Override
    protected UsageStore open(Path directory) {
        return DuckDbUsageStore.open(DuckDbSettings.in(directory));
    }
}
