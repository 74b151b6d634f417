package io.tallystick.server.store.sqlite;

import static io.tallystick.document.Library.CITY;
import static io.tallystick.document.Library.SHELVES;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Library.Shelf;
import io.tallystick.document.Watermark;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die, and processes that write to the same file at the same time. */
final class SqliteDocumentsProcessTest {
    private static final int ROUNDS = 4;
    private static final int BATCHES = 60;

    @TempDir
    private Path directory;

    @Test
    void keepsEveryAcknowledgedTransactionWholeAndNoneInPartWhenTheProcessIsKilled() throws Exception {
        int next = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            int acknowledged = next - 1;
            try (LibraryProcess writer = LibraryProcess.start(directory, "killed", next, 1_000_000)) {
                for (int i = 0; i < 20 * round; i++) {
                    acknowledged = batchOf(writer.line());
                }
                writer.kill();
                for (String line = writer.line(); line.endsWith("won"); line = writer.line()) {
                    acknowledged = batchOf(line);
                }
            }

            try (Documents documents = LibraryStore.open(directory)) {
                Set<String> codes = codes(documents);
                int present = 0;
                while (codes.contains("wanted " + present)) {
                    for (int i = 0; i < LibraryProcess.BATCH; i++) {
                        assertThat(codes).contains("killed-" + present + "-" + i);
                    }
                    present++;
                }
                assertThat(codes).hasSize(present * (LibraryProcess.BATCH + 1));
                assertThat(present).isBetween(acknowledged + 1, acknowledged + 2);
                next = present;
            }
        }
    }

    @Test
    void twoProcessesWriteToOneFileAndWinEachCodeOnce() throws Exception {
        try (Documents documents = LibraryStore.open(directory);
                LibraryProcess other = LibraryProcess.start(directory, "other", 0, BATCHES)) {
            int theirs = other.line().endsWith("won") ? 1 : 0;
            int ours = 0;
            for (int batch = 0; batch < BATCHES; batch++) {
                ours += LibraryProcess.write(documents, "ours", batch) ? 1 : 0;
            }
            int lines = 1;
            for (String line = other.line(); !line.isEmpty(); line = other.line()) {
                theirs += line.endsWith("won") ? 1 : 0;
                lines++;
            }

            assertThat(lines).isEqualTo(BATCHES);
            assertThat(ours + theirs).isEqualTo(BATCHES);
            int all = BATCHES * (2 * LibraryProcess.BATCH + 1);
            assertThat(documents.watermark()).isEqualTo(new Watermark(all));
            List<Document<Shelf>> shelves = documents.asOf(documents.watermark(), SHELVES, CITY);
            assertThat(shelves).hasSize(all).extracting(Document::number).doesNotHaveDuplicates();
            assertThat(codes(documents)).hasSize(all);
        }
    }

    private static Set<String> codes(Documents documents) {
        Set<String> codes = new HashSet<>();
        documents
                .asOf(documents.watermark(), SHELVES, CITY)
                .forEach(document -> codes.add(document.content().code()));
        return codes;
    }

    private static int batchOf(String line) {
        return Integer.parseInt(line.substring(0, line.indexOf(' ')));
    }
}
