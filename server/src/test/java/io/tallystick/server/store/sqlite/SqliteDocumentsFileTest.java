package io.tallystick.server.store.sqlite;

import static io.tallystick.document.Library.BOOKS;
import static io.tallystick.document.Library.CITY;
import static io.tallystick.document.Library.SHELVES;
import static io.tallystick.document.Library.author;
import static io.tallystick.document.Library.book;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.DocumentsUnavailable;
import io.tallystick.document.Kind;
import io.tallystick.document.Library.Book;
import io.tallystick.document.Library.Shelf;
import io.tallystick.document.Listing;
import io.tallystick.document.Watermark;
import io.tallystick.id.Id;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special about documents in a SQLite file. */
final class SqliteDocumentsFileTest {
    private static final Id<Shelf> CRIME = new Id<>("crime");

    @TempDir
    private Path directory;

    @Test
    void keepsEverythingWhenClosedAndOpenedAgain() {
        Document<Shelf> shelf;
        Watermark watermark;
        try (Documents documents = LibraryStore.open(directory)) {
            shelf = insertShelf(documents, "A1");
            watermark = documents.watermark();
        }

        try (Documents documents = LibraryStore.open(directory)) {
            assertThat(documents.find(SHELVES, CITY, CRIME)).contains(shelf);
            assertThat(documents.watermark()).isEqualTo(watermark);
            assertThat(documents.asOf(watermark, SHELVES, CITY)).containsExactly(shelf);
        }
    }

    @Test
    void leavesOneFileWhenClosed() throws IOException {
        try (Documents documents = LibraryStore.open(directory)) {
            insertShelf(documents, "A1");
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("documents.sqlite");
        }
    }

    @Test
    void syncsEveryCommitToTheDisk() throws SQLException {
        try (Documents documents = LibraryStore.open(directory)) {
            insertShelf(documents, "A1");
            try (Session session = Session.writer(file())) {
                assertThat(session.row("PRAGMA journal_mode", row -> row.getString(1)))
                        .contains("wal");
                assertThat(session.number("PRAGMA synchronous")).isEqualTo(2);
                assertThat(session.number("PRAGMA foreign_keys")).isEqualTo(1);
                assertThat(session.number("PRAGMA busy_timeout")).isEqualTo(10_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE revision SET body = 'forged'",
                "UPDATE revision SET author = 'nobody' WHERE revision = 1",
                "DELETE FROM revision",
                "INSERT OR REPLACE INTO revision SELECT * FROM revision",
                "DELETE FROM document"
            })
    void refusesToRewriteHistory(String sql) {
        try (Documents documents = LibraryStore.open(directory);
                Session session = Session.writer(file())) {
            Document<Shelf> shelf = insertShelf(documents, "A1");

            assertThatThrownBy(() -> session.change(sql)).isInstanceOf(IllegalStateException.class);

            assertThat(documents.history(SHELVES, CITY, CRIME))
                    .singleElement()
                    .satisfies(revision -> assertThat(revision.document()).isEqualTo(shelf));
        }
    }

    @Test
    void refusesAFileOfANewerVersionAndTouchesNothing() throws Exception {
        try (Documents documents = LibraryStore.open(directory)) {
            insertShelf(documents, "A1");
        }
        plainly("PRAGMA user_version = 7");
        byte[] before = Files.readAllBytes(file());

        assertThatThrownBy(() -> LibraryStore.open(directory))
                .isInstanceOf(DocumentsUnavailable.class)
                .hasMessage(
                        "Expected %s to be of version 1 or older, but it is of version 7: a newer Tallystick wrote it. Nothing was touched; start that version.",
                        file());

        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void refusesANewerVersionThatIsOnlyInTheLogYet() throws Exception {
        try (Documents documents = LibraryStore.open(directory);
                Session other = Session.writer(file())) {
            insertShelf(documents, "A1");
            other.run("PRAGMA user_version = 7");

            assertThatThrownBy(() -> LibraryStore.open(directory)).hasMessageContaining("is of version 7");
        }
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Files.writeString(file(), "this is a letter to my aunt, not a database. ".repeat(100), UTF_8);
        String before = Files.readString(file(), UTF_8);

        assertThatThrownBy(() -> LibraryStore.open(directory))
                .isInstanceOf(DocumentsUnavailable.class)
                .hasMessageContaining(file().toString());
        assertThat(Files.readString(file(), UTF_8)).isEqualTo(before);
    }

    @Test
    void saysSoWhenTheDirectoryDoesNotExist() {
        assertThatThrownBy(() -> LibraryStore.open(directory.resolve("nowhere")))
                .isInstanceOf(DocumentsUnavailable.class)
                .hasMessageContaining("Make the file and its directory readable and writable");
    }

    @Test
    void manyMayOpenTheSameNewDirectoryAtOnce() throws Exception {
        List<Future<Integer>> opened = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                String code = "A" + i;
                opened.add(pool.submit(() -> {
                    try (Documents documents = LibraryStore.open(directory)) {
                        return documents
                                .write(
                                        author("USER_anna", 0),
                                        transaction ->
                                                transaction.insert(SHELVES, CITY, new Id<Shelf>(code), new Shelf(code)))
                                .number();
                    }
                }));
            }
        }

        List<Integer> numbers = new ArrayList<>();
        for (Future<Integer> each : opened) {
            numbers.add(each.get());
        }
        assertThat(numbers).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void waitsForAnotherProcessThatHoldsTheLockAndThenWrites() throws Exception {
        try (Documents documents = LibraryStore.open(directory);
                Session other = Session.writer(file());
                ExecutorService pool = Executors.newSingleThreadExecutor()) {
            other.beginWriting();
            Future<Document<Shelf>> waiting = pool.submit(() -> insertShelf(documents, "A1"));
            assertThat(documents.find(SHELVES, CITY, CRIME)).isEmpty();
            assertThat(waiting).isNotDone();
            other.rollback();

            assertThat(documents.find(SHELVES, CITY, waiting.get().id())).contains(waiting.get());
        }
    }

    @Test
    void leavesNothingOfAWriteThatDidNotFitAndGoesOnWhenThereIsRoom() {
        AtomicInteger pagesMax = new AtomicInteger(60);
        Function<Path, Session> cramped = file -> {
            Session session = Session.writer(file);
            session.run("PRAGMA max_page_count = " + pagesMax);
            return session;
        };
        String long1MB = "x".repeat(1_000_000);
        try (Documents documents = SqliteDocuments.open(directory, LibraryCodecs.ALL, cramped)) {
            insertShelf(documents, "A1");

            assertThatThrownBy(() -> documents.write(author("USER_anna", 0), transaction -> {
                        transaction.insert(SHELVES, CITY, new Id<>("small"), new Shelf("B1"));
                        return transaction.insert(SHELVES, CITY, new Id<>("large"), new Shelf(long1MB));
                    }))
                    .isInstanceOf(DocumentsUnavailable.class)
                    .hasMessageStartingWith("Expected to use %s", file())
                    .hasMessageEndingWith("Make room on the disk; writing goes on by itself then.");
            assertThat(documents.watermark()).isEqualTo(new Watermark(1));

            pagesMax.set(10_000);
            Document<Shelf> large = documents.write(
                    author("USER_anna", 0),
                    transaction -> transaction.insert(SHELVES, CITY, new Id<>("large"), new Shelf(long1MB)));
            assertThat(documents.list(Listing.newest(SHELVES, CITY, 5)).documents())
                    .extracting(document -> document.id().value())
                    .containsExactly("large", "crime");
            assertThat(large.number()).isEqualTo(2);
        }
    }

    @Test
    void doesNotMistakeARevisionForOneThatWasRolledBackUnderTheSameNumber() {
        try (Documents documents = LibraryStore.open(directory)) {
            assertThatThrownBy(() -> documents.write(author("USER_anna", 0), transaction -> {
                        transaction.insert(SHELVES, CITY, CRIME, new Shelf("regretted"));
                        assertThat(transaction.find(SHELVES, CITY, CRIME)).isPresent();
                        throw new IllegalArgumentException("planted");
                    }))
                    .hasMessage("planted");

            insertShelf(documents, "meant");

            assertThat(documents.find(SHELVES, CITY, CRIME).map(Document::content))
                    .contains(new Shelf("meant"));
        }
    }

    @Test
    void makesLookupsAgainWhenAKindDeclaresAnotherKey() {
        try (Documents documents = LibraryStore.open(directory)) {
            insertShelf(documents, "A1");
            documents.write(
                    author("USER_anna", 0),
                    transaction -> transaction.insert(BOOKS, CITY, new Id<>("emma"), book("Emma", "novel", CRIME)));
        }
        Kind<Book> titled = Kind.of("book", Book.class).foundBy("title", it -> Optional.of(it.title()));
        DocumentCodecs later = DocumentCodecs.none()
                .with(SHELVES, LibraryCodecs.ALL.of(SHELVES))
                .with(titled, LibraryCodecs.ALL.of(BOOKS));

        try (Documents documents = SqliteDocuments.open(directory, later)) {
            assertThat(documents.findBy(titled, CITY, "title", "Emma")).hasSize(1);
            assertThat(documents
                            .list(Listing.newest(titled, CITY, 5).keyed("title", Set.of("Emma")))
                            .documents())
                    .hasSize(1);
            assertThat(documents.findBy(SHELVES, CITY, "code", "A1")).hasSize(1);
        }
    }

    @Test
    void refusesAKindWithoutACodec() {
        try (Documents documents =
                SqliteDocuments.open(directory, DocumentCodecs.none().with(SHELVES, LibraryCodecs.ALL.of(SHELVES)))) {
            assertThatThrownBy(() -> documents.write(
                            author("USER_anna", 0),
                            transaction ->
                                    transaction.insert(BOOKS, CITY, new Id<>("emma"), book("Emma", "novel", CRIME))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Expected a kind of [shelf], but \"book\" has no codec here.");
        }
    }

    private Path file() {
        return directory.resolve(SqliteDocuments.FILE_NAME);
    }

    private void plainly(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static Document<Shelf> insertShelf(Documents documents, String code) {
        return documents.write(
                author("USER_anna", 0), transaction -> transaction.insert(SHELVES, CITY, CRIME, new Shelf(code)));
    }
}
