package io.tallystick.document;

import static io.tallystick.document.Library.BOOKS;
import static io.tallystick.document.Library.CITY;
import static io.tallystick.document.Library.SCHOOL;
import static io.tallystick.document.Library.SHELVES;
import static io.tallystick.document.Library.author;
import static io.tallystick.document.Library.book;
import static io.tallystick.document.Library.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.document.Library.Book;
import io.tallystick.document.Library.Shelf;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of documents must do. An adapter's test extends it and says how to open an empty store. */
public abstract class DocumentsContract {
    private static final Author ANNA = author("USER_anna", 0);
    private static final Author BORIS = author("KEY_boris", 60);
    private static final Id<Shelf> CRIME = new Id<>("shelf-crime");

    private Documents documents;

    /** An empty store that keeps {@link Library#SHELVES} and {@link Library#BOOKS}. */
    protected abstract Documents openEmpty();

    @BeforeEach
    void open() {
        documents = openEmpty();
    }

    @AfterEach
    void close() {
        documents.close();
    }

    @Test
    void findsWhatWasInsertedWithEverythingItSays() {
        Document<Shelf> shelf = insertShelf(CITY, CRIME, "A1");

        assertThat(documents.find(SHELVES, CITY, CRIME)).contains(shelf);
        assertThat(shelf.version()).isEqualTo(1);
        assertThat(shelf.content()).isEqualTo(new Shelf("A1"));
        assertThat(shelf.audit()).isEqualTo(new Audit(ANNA.at(), "USER_anna", ANNA.at(), "USER_anna"));
    }

    @Test
    void keepsContentsToTheLastCharacter() {
        String odd = "İıŞ \"quoted\" \\ \n\t 🎋 \u0000 ' ; -- %";
        insertShelf(CITY, CRIME, odd);

        assertThat(documents.find(SHELVES, CITY, CRIME).map(Document::content)).contains(new Shelf(odd));
        assertThat(documents.findBy(SHELVES, CITY, "code", odd)).hasSize(1);
    }

    @Test
    void givesTheNextVersionAndKeepsWhoMadeIt() {
        Document<Shelf> first = insertShelf(CITY, CRIME, "A1");

        Document<Shelf> second = documents.write(BORIS, transaction -> transaction.update(first, new Shelf("A2")));

        assertThat(documents.find(SHELVES, CITY, CRIME)).contains(second);
        assertThat(second.number()).isEqualTo(first.number());
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.audit()).isEqualTo(new Audit(ANNA.at(), "USER_anna", BORIS.at(), "KEY_boris"));
        assertThat(documents.findBy(SHELVES, CITY, "code", "A1")).isEmpty();
        assertThat(documents.findBy(SHELVES, CITY, "code", "A2")).containsExactly(second);
    }

    @Test
    void refusesToUpdateOrDeleteWhatIsNoLongerPresent() {
        Document<Shelf> first = insertShelf(CITY, CRIME, "A1");
        documents.write(BORIS, transaction -> transaction.update(first, new Shelf("A2")));

        assertThatIllegalStateException()
                .isThrownBy(() -> documents.write(ANNA, transaction -> transaction.update(first, new Shelf("A3"))))
                .withMessage("Expected shelf shelf-crime in version 1, but the store holds version 2.");
        assertThatIllegalStateException().isThrownBy(() -> delete(first));
        assertThat(documents.find(SHELVES, CITY, CRIME).map(Document::content)).contains(new Shelf("A2"));
    }

    @Test
    void showsWhatHappenedInAnOrganizationTheLatestFirst() {
        Document<Shelf> first = insertShelf(CITY, CRIME, "A1");
        insertShelf(SCHOOL, CRIME, "B1");
        Document<Shelf> second = documents.write(BORIS, transaction -> transaction.update(first, new Shelf("A2")));
        documents.write(ANNA, transaction -> transaction.insert(BOOKS, CITY, new Id<>("b"), book("B", "crime", CRIME)));
        delete(documents.find(BOOKS, CITY, new Id<>("b")).orElseThrow());

        Map<Kind<?>, Set<Revision.Change>> all =
                Map.of(SHELVES, Set.of(Revision.Change.values()), BOOKS, Set.of(Revision.Change.CREATED));
        List<Revision<?>> latest = documents.changes(new Changes(CITY, all, Optional.empty(), 2));
        List<Revision<?>> rest = documents.changes(
                new Changes(CITY, all, Optional.of(latest.getLast().watermark()), 2));

        assertThat(latest)
                .extracting(change -> change.change() + " " + change.document().kind())
                .containsExactly("CREATED book", "REPLACED shelf");
        assertThat(latest.getLast().document()).isEqualTo(second);
        assertThat(latest.getLast().author()).isEqualTo(BORIS);
        assertThat(rest).hasSize(1);
        assertThat(rest.getFirst().document()).isEqualTo(first);
    }

    @Test
    void forgetsADeletedDocumentButNotItsNumberOrId() {
        Document<Shelf> shelf = insertShelf(CITY, CRIME, "A1");

        delete(shelf);

        assertThat(documents.find(SHELVES, CITY, CRIME)).isEmpty();
        assertThat(documents.findBy(SHELVES, CITY, "code", "A1")).isEmpty();
        assertThat(documents.list(Listing.newest(SHELVES, CITY, 10)).documents())
                .isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> insertShelf(CITY, CRIME, "A1"));
        assertThatIllegalStateException().isThrownBy(() -> delete(shelf));
        assertThat(insertShelf(CITY, new Id<>("another"), "A1").number()).isGreaterThan(shelf.number());
    }

    @Test
    void tellsTheWholeStoryOfADocumentOldestFirst() {
        Document<Shelf> first = insertShelf(CITY, CRIME, "A1");
        Document<Shelf> second = documents.write(BORIS, transaction -> transaction.update(first, new Shelf("A2")));
        Author clara = author("USER_clara", 120);
        documents.write(clara, transaction -> {
            transaction.delete(second);
            return true;
        });

        List<Revision<Shelf>> history = documents.history(SHELVES, CITY, CRIME);

        assertThat(history)
                .extracting(Revision::change)
                .containsExactly(Revision.Change.CREATED, Revision.Change.REPLACED, Revision.Change.DELETED);
        assertThat(history).extracting(Revision::author).containsExactly(ANNA, BORIS, clara);
        assertThat(history).extracting(Revision::document).containsExactly(first, second, second);
        assertThat(history).extracting(revision -> revision.watermark().value()).isSorted();
        assertThat(history.getLast().watermark()).isEqualTo(documents.watermark());
        assertThat(documents.history(SHELVES, SCHOOL, CRIME)).isEmpty();
    }

    @Test
    void twoOrganizationsWithTheSameIdsAndCodesNeverSeeEachOther() {
        Document<Shelf> ours = insertShelf(CITY, CRIME, "A1");
        Document<Shelf> theirs = insertShelf(SCHOOL, CRIME, "A1");

        assertThat(ours.number()).isNotEqualTo(theirs.number());
        for (Document<Shelf> one : List.of(ours, theirs)) {
            OrganizationId organization = one.organization();
            assertThat(documents.find(SHELVES, organization, CRIME)).contains(one);
            assertThat(documents.findBy(SHELVES, organization, "code", "A1")).containsExactly(one);
            assertThat(documents.list(Listing.newest(SHELVES, organization, 10)).documents())
                    .containsExactly(one);
            assertThat(documents.asOf(documents.watermark(), SHELVES, organization))
                    .containsExactly(one);
            assertThat(documents.history(SHELVES, organization, CRIME)).hasSize(1);
        }
        documents.write(
                ANNA, transaction -> transaction.insert(BOOKS, SCHOOL, new Id<>("b"), book("B", "crime", CRIME)));
        assertThat(documents.<Optional<Referrer>>write(ANNA, transaction -> transaction.referrer(SHELVES, CITY, CRIME)))
                .isEmpty();
        assertThat(documents.<Optional<Referrer>>write(
                        ANNA, transaction -> transaction.referrer(SHELVES, SCHOOL, CRIME)))
                .contains(new Referrer("book", "b", "shelfId"));
    }

    @Test
    void readsItsOwnWritesWithinATransactionAndNobodyElseDoes() {
        documents.write(ANNA, transaction -> {
            Document<Shelf> first = transaction.insert(SHELVES, CITY, CRIME, new Shelf("A1"));
            Document<Shelf> second = transaction.update(first, new Shelf("A2"));

            assertThat(transaction.find(SHELVES, CITY, CRIME)).contains(second);
            assertThat(transaction.findBy(SHELVES, CITY, "code", "A2")).containsExactly(second);
            assertThat(transaction.list(Listing.newest(SHELVES, CITY, 10)).documents())
                    .containsExactly(second);
            assertThat(documents.find(SHELVES, CITY, CRIME)).isEmpty();
            assertThat(documents.watermark()).isEqualTo(new Watermark(0));
            return true;
        });

        assertThat(documents.find(SHELVES, CITY, CRIME).map(Document::version)).contains(2);
    }

    @Test
    void leavesNothingOfWorkThatThrows() {
        IllegalArgumentException thrown = new IllegalArgumentException("changed my mind");
        assertThatThrownBy(() -> documents.write(ANNA, transaction -> {
                    transaction.insert(SHELVES, CITY, CRIME, new Shelf("A1"));
                    assertThat(transaction.find(SHELVES, CITY, CRIME)).isPresent();
                    throw thrown;
                }))
                .isSameAs(thrown);

        assertThat(documents.watermark()).isEqualTo(new Watermark(0));
        assertThat(documents.find(SHELVES, CITY, CRIME)).isEmpty();
        assertThat(documents.findBy(SHELVES, CITY, "code", "A1")).isEmpty();
        insertShelf(CITY, CRIME, "other");
        assertThat(documents.find(SHELVES, CITY, CRIME).map(Document::content)).contains(new Shelf("other"));
        assertThat(documents.history(SHELVES, CITY, CRIME)).hasSize(1);
    }

    @Test
    void leavesNothingOfWorkThatSwallowedAFailedWrite() {
        insertShelf(CITY, CRIME, "A1");

        assertThatIllegalStateException()
                .isThrownBy(() -> documents.write(ANNA, transaction -> {
                    transaction.insert(SHELVES, CITY, new Id<>("b"), new Shelf("B1"));
                    assertThatIllegalStateException()
                            .isThrownBy(() -> transaction.insert(SHELVES, CITY, CRIME, new Shelf("C1")));
                    return "all is well";
                }));

        assertThat(documents.findBy(SHELVES, CITY, "code", "B1")).isEmpty();
        insertShelf(CITY, new Id<>("b"), "B1");
    }

    @Test
    void refusesATwinOfAUniqueKeyEvenUncheckedAndLeavesNothing() {
        insertShelf(CITY, CRIME, "A1");

        assertThatIllegalStateException().isThrownBy(() -> insertShelf(CITY, new Id<>("b"), "A1"));

        assertThat(documents.find(SHELVES, CITY, new Id<>("b"))).isEmpty();
    }

    @Test
    void refusesATransactionWithinATransactionInsteadOfWaitingForEver() {
        assertThatIllegalStateException()
                .isThrownBy(() -> documents.write(ANNA, _ -> documents.write(ANNA, _ -> true)));

        insertShelf(CITY, CRIME, "A1");
    }

    @Test
    void refusesATransactionThatIsOver() {
        AtomicReference<Transaction> kept = new AtomicReference<>();
        documents.write(ANNA, transaction -> {
            kept.set(transaction);
            return true;
        });

        assertThatIllegalStateException().isThrownBy(() -> kept.get().find(SHELVES, CITY, CRIME));
        assertThatIllegalStateException().isThrownBy(() -> kept.get().insert(SHELVES, CITY, CRIME, new Shelf("A1")));
    }

    @Test
    void refusesAKeyThatTheKindDoesNotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> documents.findBy(SHELVES, CITY, "colour", "red"))
                .withMessage("Expected a key of kind shelf, but was \"colour\".");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> documents.asOf(new Watermark(0), SHELVES, CITY, "colour", Set.of("red")))
                .withMessage("Expected a key of kind shelf, but was \"colour\".");
    }

    @Test
    void refusesAWatermarkThatIsAheadOfTheStore() {
        insertShelf(CITY, CRIME, "A1");

        assertThatIllegalStateException()
                .isThrownBy(() -> documents.asOf(new Watermark(2), SHELVES, CITY))
                .withMessage("Expected a watermark up to 1, but was 2: it comes from another store.");
        assertThatIllegalStateException()
                .isThrownBy(() -> documents.asOf(new Watermark(2), SHELVES, CITY, "code", Set.of("A1")))
                .withMessage("Expected a watermark up to 1, but was 2: it comes from another store.");
    }

    @Test
    void namesEachValueOfAKeyOnceAndOnlyThoseOfTheLiving() {
        delete(insertShelf(CITY, CRIME, "A1"));
        insertShelf(CITY, new Id<>("kept"), "A2");
        documents.write(ANNA, transaction -> {
            transaction.insert(BOOKS, CITY, new Id<>("z"), book("Z", "crime", CRIME));
            return transaction.insert(BOOKS, CITY, new Id<>("x"), book("X", "crime", CRIME));
        });

        assertThat(documents.values(SHELVES, CITY, "code")).containsExactly("A2");
        assertThat(documents.values(BOOKS, CITY, "genre")).containsExactly("crime");
        assertThat(documents.values(BOOKS, new OrganizationId("elsewhere"), "genre"))
                .isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> documents.values(SHELVES, CITY, "colour"));
    }

    @Test
    void findsByAKeyThatSeveralShareInOrderOfNumbers() {
        insertShelf(CITY, CRIME, "A1");
        List<Document<Book>> crime = new ArrayList<>();
        documents.write(ANNA, transaction -> {
            crime.add(transaction.insert(BOOKS, CITY, new Id<>("z"), book("Z", "crime", CRIME)));
            transaction.insert(BOOKS, CITY, new Id<>("y"), book("Y", "poetry", CRIME));
            crime.add(transaction.insert(BOOKS, CITY, new Id<>("x"), book("X", "crime", CRIME)));
            return true;
        });

        assertThat(documents.findBy(BOOKS, CITY, "genre", "crime")).isEqualTo(crime);
        assertThat(documents.findBy(BOOKS, CITY, "genre", "cri")).isEmpty();
    }

    @Test
    void namesWhatRefersToADocumentUntilItNoLongerDoes() {
        insertShelf(CITY, CRIME, "A1");
        insertShelf(CITY, new Id<>("other"), "B1");
        Document<Book> book = documents.write(
                ANNA,
                transaction -> transaction.insert(
                        BOOKS,
                        CITY,
                        new Id<>("b"),
                        new Book("B", "crime", Optional.empty(), new Id<>("other"), Optional.of(CRIME))));
        assertThat(referrerOfCrime()).contains(new Referrer("book", "b", "formerShelfId"));

        Document<Book> moved =
                documents.write(ANNA, transaction -> transaction.update(book, book("B", "crime", new Id<>("other"))));
        assertThat(referrerOfCrime()).isEmpty();

        Document<Book> back = documents.write(ANNA, transaction -> transaction.update(moved, numbered("1", CRIME)));
        assertThat(referrerOfCrime()).contains(new Referrer("book", "b", "shelfId"));
        delete(back);
        assertThat(referrerOfCrime()).isEmpty();
    }

    @Test
    void interruptedWriterStillLearnsWhatCameOfItsWrite() {
        Thread.currentThread().interrupt();
        Document<Shelf> shelf = insertShelf(CITY, CRIME, "A1");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(documents.find(SHELVES, CITY, CRIME)).contains(shelf);
    }

    @Test
    void saysThatItIsClosed() {
        documents.close();

        assertThatThrownBy(() -> documents.find(SHELVES, CITY, CRIME)).isInstanceOf(DocumentsUnavailable.class);
        assertThatThrownBy(() -> insertShelf(CITY, CRIME, "A1"))
                .isInstanceOf(DocumentsUnavailable.class)
                .hasMessage("Expected the documents to be open, but they are closed.");
    }

    @Test
    void findsNothingInAnEmptyStore() {
        assertThat(documents.watermark()).isEqualTo(new Watermark(0));
        assertThat(documents.asOf(new Watermark(0), SHELVES, CITY)).isEmpty();
        assertThat(documents
                        .list(Listing.newest(SHELVES, CITY, 1).ids(Set.of("a")))
                        .next())
                .isEmpty();
    }

    private Optional<Referrer> referrerOfCrime() {
        return documents.write(ANNA, transaction -> transaction.referrer(SHELVES, CITY, CRIME));
    }

    private Document<Shelf> insertShelf(OrganizationId organization, Id<Shelf> id, String code) {
        return documents.write(ANNA, transaction -> transaction.insert(SHELVES, organization, id, new Shelf(code)));
    }

    private void delete(Document<?> document) {
        documents.write(ANNA, transaction -> {
            transaction.delete(document);
            return true;
        });
    }
}
