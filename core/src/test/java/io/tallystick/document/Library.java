package io.tallystick.document;

import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.time.Instant;
import java.util.Optional;

/** A small world of documents to hold stores against: shelves, and books that stand on them. */
public final class Library {
    public static final OrganizationId CITY = new OrganizationId("city");
    public static final OrganizationId SCHOOL = new OrganizationId("school");

    public static final Kind<Shelf> SHELVES = Kind.of("shelf", Shelf.class).unique("code", Shelf::code);

    public static final Kind<Book> BOOKS = Kind.of("book", Book.class)
            .uniqueIfPresent("isbn", Book::isbn)
            .refersTo("shelfId", SHELVES, Book::shelf)
            .mayReferTo("formerShelfId", SHELVES, Book::formerShelf)
            .foundBy("genre", book -> Optional.of(book.genre()));

    private static final Instant OPENING = Instant.parse("2024-12-01T08:00:00.123456789Z");

    private Library() {}

    /**
     * Where books stand.
     *
     * @param code unique within the organization
     */
    public record Shelf(String code) {}

    /**
     * What stands there.
     *
     * @param isbn unique within the organization, if it has one
     * @param shelf where it stands
     */
    public record Book(
            String title, String genre, Optional<String> isbn, Id<Shelf> shelf, Optional<Id<Shelf>> formerShelf) {}

    public static Book book(String title, String genre, Id<Shelf> shelf) {
        return new Book(title, genre, Optional.empty(), shelf, Optional.empty());
    }

    public static Book numbered(String isbn, Id<Shelf> shelf) {
        return new Book("Book " + isbn, "crime", Optional.of(isbn), shelf, Optional.empty());
    }

    /** Somebody who writes so many seconds after the library opened. */
    public static Author author(String name, long second) {
        return new Author(name, OPENING.plusSeconds(second));
    }
}
