package io.tallystick.document;

import static io.tallystick.document.Library.BOOKS;
import static io.tallystick.document.Library.CITY;
import static io.tallystick.document.Library.SCHOOL;
import static io.tallystick.document.Library.SHELVES;
import static io.tallystick.document.Library.author;
import static io.tallystick.document.Library.book;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tallystick.document.Library.Book;
import io.tallystick.document.Library.Shelf;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every store of documents lists them. */
public abstract class ListingContract {
    private static final Author ANNA = author("USER_anna", 0);
    private static final Id<Shelf> UPPER = new Id<>("upper");
    private static final Id<Shelf> LOWER = new Id<>("lower");

    private Documents documents;

    /** An empty store that keeps {@link Library#SHELVES} and {@link Library#BOOKS}. */
    protected abstract Documents openEmpty();

    @BeforeEach
    void open() {
        documents = openEmpty();
        documents.write(ANNA, transaction -> {
            transaction.insert(SHELVES, CITY, UPPER, new Shelf("U"));
            return transaction.insert(SHELVES, CITY, LOWER, new Shelf("L"));
        });
    }

    @AfterEach
    void close() {
        documents.close();
    }

    @Test
    void listsNewestFirstAndSaysWhenThereIsNoMore() {
        List<String> newestFirst = insertBooks(CITY, 5).reversed();

        assertThat(pages(Listing.newest(BOOKS, CITY, 2)))
                .containsExactly(newestFirst.subList(0, 2), newestFirst.subList(2, 4), newestFirst.subList(4, 5));
        assertThat(pages(Listing.newest(BOOKS, CITY, 4)))
                .containsExactly(newestFirst.subList(0, 4), newestFirst.subList(4, 5));
        assertThat(pages(Listing.newest(BOOKS, CITY, 5))).containsExactly(newestFirst);
        assertThat(pages(Listing.newest(BOOKS, CITY, 6))).containsExactly(newestFirst);
        assertThat(pages(Listing.newest(BOOKS, SCHOOL, 6))).containsExactly(List.of());
    }

    @Test
    void showsEveryOldDocumentOnceWhileOthersComeAndGoBetweenPages() {
        List<String> old = insertBooks(CITY, 30);
        List<String> seen = new ArrayList<>();

        Page<Book> page = documents.list(Listing.newest(BOOKS, CITY, 7));
        while (true) {
            page.documents().forEach(document -> seen.add(document.id().value()));
            if (page.next().isEmpty()) {
                break;
            }
            insertBooks(CITY, 3);
            delete(page.documents().getLast());
            page = documents.list(
                    Listing.newest(BOOKS, CITY, 7).before(page.next().getAsInt()));
        }

        assertThat(seen).isEqualTo(old.reversed());
    }

    @Test
    void keepsAnUpdatedDocumentInItsPlace() {
        List<String> ids = insertBooks(CITY, 3);
        documents.write(ANNA, transaction -> {
            Document<Book> first =
                    transaction.find(BOOKS, CITY, new Id<>(ids.getFirst())).orElseThrow();
            return transaction.update(first, book("new", "poetry", UPPER));
        });

        assertThat(idsOf(Listing.newest(BOOKS, CITY, 10))).isEqualTo(ids.reversed());
    }

    @Test
    void combinesAllFilters() {
        insert("a", "crime", UPPER);
        insert("b", "crime", LOWER);
        insert("c", "poetry", LOWER);
        insert("d", "poetry", UPPER);
        Listing<Book> all = Listing.newest(BOOKS, CITY, 10);

        assertThat(idsOf(all.keyed("shelfId", Set.of("lower")))).containsExactly("c", "b");
        assertThat(idsOf(all.keyed("shelfId", Set.of("lower")).keyed("genre", Set.of("crime"))))
                .containsExactly("b");
        assertThat(idsOf(all.keyed("shelfId", Set.of("lower", "upper")).keyed("genre", Set.of("crime"))))
                .containsExactly("b", "a");
        assertThat(idsOf(all.ids(Set.of("a", "c", "nobody")))).containsExactly("c", "a");
        assertThat(idsOf(all.ids(Set.of("a", "c")).keyed("genre", Set.of("poetry"))))
                .containsExactly("c");
        assertThat(idsOf(all.keyed("genre", Set.of("crime"))
                        .where(it -> it.title().equals("title of a"))))
                .containsExactly("a");
        assertThat(idsOf(all.keyed("genre", Set.of("it's \"odd\", isn't it")))).isEmpty();
        assertThat(idsOf(all.keyed("genre", Set.of()))).isEmpty();
    }

    @Test
    void siftsWhatLivingDocumentsSayForAKey() {
        insert("a", "crime", UPPER);
        insert("b", "poetry", LOWER);
        insert("c", "crime", LOWER);
        documents.write(
                ANNA,
                transaction -> transaction.update(
                        transaction.find(BOOKS, CITY, new Id<>("c")).orElseThrow(), book("c", "poetry", LOWER)));
        delete(documents.find(BOOKS, CITY, new Id<>("b")).orElseThrow());

        assertThat(documents.sift(BOOKS, CITY, "genre", card -> Optional.of(card.id() + " " + card.text())))
                .containsExactlyInAnyOrder("a crime", "c poetry");
        assertThat(documents.sift(BOOKS, CITY, "genre", card -> Optional.of(card.number())
                        .filter(_ -> card.text().equals("poetry"))))
                .containsExactly(
                        documents.find(BOOKS, CITY, new Id<>("c")).orElseThrow().number());
        assertThat(documents.sift(BOOKS, SCHOOL, "genre", Optional::of)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> documents.sift(BOOKS, CITY, "colour", Optional::of))
                .withMessage("Expected a key of kind book, but was \"colour\".");
    }

    @Test
    void takesMoreIdsThanAStatementTakesParameters() {
        insert("a", "crime", UPPER);
        List<String> many = IntStream.range(0, 40_000).mapToObj(i -> "id-" + i).toList();
        Set<String> ids = new HashSet<>(many);
        ids.add("a");

        assertThat(idsOf(Listing.newest(BOOKS, CITY, 10).ids(ids))).containsExactly("a");
    }

    @Test
    void fillsPagesAlthoughAPredicateRefusesLongStretches() {
        List<String> ids = insertBooks(CITY, 2_300);
        Set<String> rare = Set.of("book-0", "book-1", "book-1000", "book-1799", "book-1800", "book-2299");
        List<String> expected = ids.reversed().stream().filter(rare::contains).toList();
        Listing<Book> listing = Listing.newest(BOOKS, CITY, 4).where(it -> rare.contains(it.title()));

        assertThat(pages(listing)).containsExactly(expected.subList(0, 4), expected.subList(4, 6));
        assertThat(pages(Listing.newest(BOOKS, CITY, 1).where(_ -> false))).containsExactly(List.of());
    }

    @Test
    void passesOnWhatAPredicateThrowsAndGoesOn() {
        insert("a", "crime", UPPER);

        assertThatIllegalStateException()
                .isThrownBy(() -> documents.list(Listing.newest(BOOKS, CITY, 1).where(_ -> {
                    throw new IllegalStateException("planted");
                })))
                .withMessage("planted");
        assertThat(idsOf(Listing.newest(BOOKS, CITY, 1))).containsExactly("a");
    }

    @Test
    void refusesAKeyThatTheKindDoesNotHaveAndALimitOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Listing.newest(BOOKS, CITY, 1).keyed("colour", Set.of("red")))
                .withMessage("Expected a key of kind book, but was \"colour\".");
        assertThatIllegalArgumentException().isThrownBy(() -> Listing.newest(BOOKS, CITY, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Listing.newest(BOOKS, CITY, 1001));
    }

    private List<List<String>> pages(Listing<Book> listing) {
        List<List<String>> pages = new ArrayList<>();
        Page<Book> page = documents.list(listing);
        pages.add(ids(page));
        while (page.next().isPresent()) {
            page = documents.list(listing.before(page.next().getAsInt()));
            pages.add(ids(page));
        }
        return pages;
    }

    private List<String> idsOf(Listing<Book> listing) {
        return ids(documents.list(listing));
    }

    private static List<String> ids(Page<Book> page) {
        return page.documents().stream().map(document -> document.id().value()).toList();
    }

    private List<String> insertBooks(OrganizationId organization, int count) {
        return documents.write(ANNA, transaction -> {
            long first = transaction.list(Listing.newest(BOOKS, organization, 1)).documents().stream()
                    .mapToLong(Document::number)
                    .findFirst()
                    .orElse(0);
            return IntStream.range(0, count)
                    .mapToObj(i -> transaction.insert(
                            BOOKS,
                            organization,
                            new Id<>(first == 0 ? "book-" + i : "later-" + first + "-" + i),
                            book("book-" + i, "crime", UPPER)))
                    .map(document -> document.id().value())
                    .toList();
        });
    }

    private void insert(String id, String genre, Id<Shelf> shelf) {
        documents.write(
                ANNA,
                transaction -> transaction.insert(BOOKS, CITY, new Id<>(id), book("title of " + id, genre, shelf)));
    }

    private void delete(Document<?> document) {
        documents.write(ANNA, transaction -> {
            transaction.delete(document);
            return true;
        });
    }
}
