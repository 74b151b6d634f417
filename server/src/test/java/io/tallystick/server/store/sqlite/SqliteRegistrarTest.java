package io.tallystick.server.store.sqlite;

import io.tallystick.document.Documents;
import io.tallystick.document.RegistrarContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRegistrarTest extends RegistrarContract {
    @TempDir
    private Path directory;

    @Override
    protected Documents openEmpty() {
        return LibraryStore.openEmptyBelow(directory);
    }
}
