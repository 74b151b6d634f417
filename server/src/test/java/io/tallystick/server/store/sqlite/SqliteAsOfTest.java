package io.tallystick.server.store.sqlite;

import io.tallystick.document.AsOfContract;
import io.tallystick.document.Documents;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteAsOfTest extends AsOfContract {
    @TempDir
    private Path directory;

    @Override
    protected Documents openEmpty() {
        return LibraryStore.openEmptyBelow(directory);
    }
}
