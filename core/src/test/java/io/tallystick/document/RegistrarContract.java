package io.tallystick.document;

import static io.tallystick.document.Library.BOOKS;
import static io.tallystick.document.Library.CITY;
import static io.tallystick.document.Library.SCHOOL;
import static io.tallystick.document.Library.SHELVES;
import static io.tallystick.document.Library.author;
import static io.tallystick.document.Library.book;
import static io.tallystick.document.Library.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.document.Library.Book;
import io.tallystick.document.Library.Shelf;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules by which documents come, change and go, held on a real store. */
public abstract class RegistrarContract {
    private static final Author ANNA = author("USER_anna", 0);
    private static final Id<Shelf> UPPER = new Id<>("upper");
    private static final Id<Shelf> LOWER = new Id<>("lower");
    private static final Id<Book> EMMA = new Id<>("emma");
    private static final Id<Book> OTHER = new Id<>("other");

    private Documents documents;

    /** An empty store that keeps {@link Library#SHELVES} and {@link Library#BOOKS}. */
    protected abstract Documents openEmpty();

    @BeforeEach
    void open() {
        documents = openEmpty();
        in(CITY, registrar -> registrar.create(SHELVES, UPPER, new Shelf("U")));
    }

    @AfterEach
    void close() {
        documents.close();
    }

    @Test
    void createsVersionOneAndReplacesItWithVersionTwo() {
        Registered<Book> created = in(CITY, registrar -> registrar.create(BOOKS, EMMA, numbered("1", UPPER)));
        Registered<Book> replaced = in(CITY, registrar -> registrar.replace(BOOKS, EMMA, 1, numbered("2", UPPER)));

        assertThat(done(created).version()).isEqualTo(1);
        assertThat(done(replaced).version()).isEqualTo(2);
        assertThat(documents.find(BOOKS, CITY, EMMA)).contains(done(replaced));
    }

    @Test
    void refusesToReplaceAVersionThatIsNotThePresentOne() {
        in(CITY, registrar -> registrar.create(BOOKS, EMMA, numbered("1", UPPER)));
        in(CITY, registrar -> registrar.replace(BOOKS, EMMA, 1, numbered("2", UPPER)));

        for (int seen : new int[] {0, 1, 3}) {
            assertThat(in(CITY, registrar -> registrar.replace(BOOKS, EMMA, seen, numbered("3", UPPER))))
                    .isEqualTo(new Registered.Stale<Book>("book", "emma", seen, 2));
        }
        assertThat(documents.find(BOOKS, CITY, EMMA).map(Document::content)).contains(numbered("2", UPPER));
    }

    @Test
    void knowsNothingOfWhatAnotherOrganizationHas() {
        in(CITY, registrar -> registrar.create(BOOKS, EMMA, numbered("1", UPPER)));

        assertThat(in(SCHOOL, registrar -> registrar.replace(BOOKS, EMMA, 1, numbered("1", UPPER))))
                .isEqualTo(new Registered.Unknown<Book>("book", "emma"));
        assertThat(in(SCHOOL, registrar -> registrar.delete(BOOKS, EMMA)))
                .isEqualTo(new Registered.Unknown<Book>("book", "emma"));
        assertThat(in(SCHOOL, registrar -> registrar.create(BOOKS, EMMA, numbered("1", UPPER))))
                .isEqualTo(new Registered.Dangling<Book>("book", "shelfId", "shelf", "upper"));
        assertThat(in(SCHOOL, registrar -> registrar.create(SHELVES, UPPER, new Shelf("U"))))
                .isInstanceOf(Registered.Done.class);
    }

    @Test
    void refusesATakenCodeAndNamesItsHolder() {
        in(CITY, registrar -> registrar.create(BOOKS, EMMA, numbered("1", UPPER)));
        in(CITY, registrar -> registrar.create(BOOKS, OTHER, numbered("2", UPPER)));
        Registered<Book> taken = new Registered.Taken<>("book", "isbn", "1", "emma");

        assertThat(in(CITY, registrar -> registrar.create(BOOKS, new Id<>("third"), numbered("1", UPPER))))
                .isEqualTo(taken);
        assertThat(in(CITY, registrar -> registrar.replace(BOOKS, OTHER, 1, numbered("1", UPPER))))
                .isEqualTo(taken);
        assertThat(documents.history(BOOKS, CITY, OTHER)).hasSize(1);
    }

    @Test
    void letsADocumentKeepItsCodeAndTakeOneThatWasGivenUp() {
        in(CITY, registrar -> registrar.create(BOOKS, EMMA, numbered("1", UPPER)));

        assertThat(in(CITY, registrar -> registrar.replace(BOOKS, EMMA, 1, numbered("1", UPPER))))
                .isInstanceOf(Registered.Done.class);
        in(CITY, registrar -> registrar.replace(BOOKS, EMMA, 2, numbered("2", UPPER)));
        assertThat(in(CITY, registrar -> registrar.create(BOOKS, OTHER, numbered("1", UPPER))))
                .isInstanceOf(Registered.Done.class);
        in(CITY, registrar -> registrar.delete(BOOKS, EMMA));
        assertThat(in(CITY, registrar -> registrar.create(BOOKS, new Id<>("third"), numbered("2", UPPER))))
                .isInstanceOf(Registered.Done.class);
    }

    @Test
    void letsAnyNumberOfDocumentsBeWithoutACode() {
        assertThat(in(CITY, registrar -> registrar.create(BOOKS, EMMA, book("Emma", "novel", UPPER))))
                .isInstanceOf(Registered.Done.class);
        assertThat(in(CITY, registrar -> registrar.create(BOOKS, OTHER, book("Emma", "novel", UPPER))))
                .isInstanceOf(Registered.Done.class);
    }

    @Test
    void refusesAReferenceToWhatDoesNotExistOrNoLongerDoes() {
        Registered<Book> dangling = new Registered.Dangling<>("book", "shelfId", "shelf", "lower");
        assertThat(in(CITY, registrar -> registrar.create(BOOKS, EMMA, book("Emma", "novel", LOWER))))
                .isEqualTo(dangling);

        in(CITY, registrar -> registrar.create(SHELVES, LOWER, new Shelf("L")));
        in(CITY, registrar -> registrar.delete(SHELVES, LOWER));
        in(CITY, registrar -> registrar.create(BOOKS, EMMA, book("Emma", "novel", UPPER)));

        assertThat(in(CITY, registrar -> registrar.replace(BOOKS, EMMA, 1, book("Emma", "novel", LOWER))))
                .isEqualTo(dangling);
        assertThat(in(
                        CITY,
                        registrar -> registrar.create(
                                BOOKS, OTHER, new Book("Emma", "novel", Optional.empty(), UPPER, Optional.of(LOWER)))))
                .isEqualTo(new Registered.Dangling<Book>("book", "formerShelfId", "shelf", "lower"));
    }

    @Test
    void refusesToDeleteWhatIsReferredToAndNamesByWhom() {
        in(CITY, registrar -> registrar.create(BOOKS, EMMA, book("Emma", "novel", UPPER)));

        assertThat(in(CITY, registrar -> registrar.delete(SHELVES, UPPER)))
                .isEqualTo(new Registered.InUse<Shelf>("shelf", "upper", new Referrer("book", "emma", "shelfId")));

        Registered<Book> gone = in(CITY, registrar -> registrar.delete(BOOKS, EMMA));
        assertThat(done(gone).content().title()).isEqualTo("Emma");
        assertThat(in(CITY, registrar -> registrar.delete(SHELVES, UPPER))).isInstanceOf(Registered.Done.class);
        assertThat(in(CITY, registrar -> registrar.delete(SHELVES, UPPER)))
                .isEqualTo(new Registered.Unknown<Shelf>("shelf", "upper"));
    }

    @Test
    void seesWhatTheSameTransactionHasDoneBefore() {
        List<Registered<?>> outcomes = documents.write(ANNA, transaction -> {
            Registrar registrar = new Registrar(transaction, CITY);
            return List.of(
                    registrar.create(SHELVES, LOWER, new Shelf("L")),
                    registrar.create(BOOKS, EMMA, numbered("1", LOWER)),
                    registrar.create(BOOKS, OTHER, numbered("1", LOWER)),
                    registrar.delete(SHELVES, LOWER));
        });

        assertThat(outcomes)
                .extracting(outcome -> outcome.getClass().getSimpleName())
                .containsExactly("Done", "Done", "Taken", "InUse");
    }

    @Test
    void givesACodeToExactlyOneOfManyThreadsThatWantIt() throws Exception {
        int threads = 8;
        int codes = 25;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> wins = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < threads; thread++) {
                String name = "t" + thread;
                wins.add(pool.submit(() -> {
                    start.await();
                    int won = 0;
                    for (int code = 0; code < codes; code++) {
                        String isbn = "isbn-" + code;
                        Id<Book> id = new Id<>(name + "-" + code);
                        won += in(CITY, registrar -> registrar.create(BOOKS, id, numbered(isbn, UPPER)))
                                        instanceof Registered.Done
                                ? 1
                                : 0;
                    }
                    return won;
                }));
            }
            start.countDown();
        }
        int won = 0;
        for (Future<Integer> each : wins) {
            won += each.get();
        }

        assertThat(won).isEqualTo(codes);
        assertThat(documents.list(Listing.newest(BOOKS, CITY, 1000)).documents())
                .hasSize(codes)
                .extracting(document -> document.content().isbn())
                .doesNotHaveDuplicates();
    }

    private <T> Registered<T> in(OrganizationId organization, Function<Registrar, Registered<T>> work) {
        return documents.write(ANNA, transaction -> work.apply(new Registrar(transaction, organization)));
    }

    private static <T> Document<T> done(Registered<T> outcome) {
        assertThat(outcome).isInstanceOf(Registered.Done.class);
        return ((Registered.Done<T>) outcome).document();
    }
}
