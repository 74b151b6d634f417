package io.tallystick.server.store.duckdb;

import io.tallystick.usage.UsageQuestionContract;
import io.tallystick.usage.UsageStore;
import java.nio.file.Path;

class DuckDbUsageQuestionTest extends UsageQuestionContract {
    @Override
    protected UsageStore open(Path directory) {
        return DuckDbUsageStore.open(DuckDbSettings.in(directory));
    }
}
