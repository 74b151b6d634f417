package io.tallystick.document;

import static io.tallystick.document.Library.BOOKS;
import static io.tallystick.document.Library.CITY;
import static io.tallystick.document.Library.SCHOOL;
import static io.tallystick.document.Library.SHELVES;
import static io.tallystick.document.Library.author;
import static io.tallystick.document.Library.book;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.document.Library.Book;
import io.tallystick.document.Library.Shelf;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.seed.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever happens to documents later: as of one watermark they are what they were, for ever. */
public abstract class AsOfContract {
    private static final int TRANSACTIONS = 120;
    private static final int SHELVES_MAX = 4;

    /** An empty store that keeps {@link Library#SHELVES} and {@link Library#BOOKS}. */
    protected abstract Documents openEmpty();

    @Test
    void everyWatermarkOfARandomHistoryShowsWhatANaiveBookkeeperSaw() {
        Seed.runs(getClass(), 5, random -> {
            try (Documents documents = openEmpty()) {
                Bookkeeper bookkeeper = new Bookkeeper();
                for (int i = 0; i < TRANSACTIONS; i++) {
                    writeSomething(documents, bookkeeper, random, i);
                }
                bookkeeper.states.forEach((watermark, state) -> {
                    for (OrganizationId organization : List.of(CITY, SCHOOL)) {
                        assertThat(documents.asOf(new Watermark(watermark), BOOKS, organization))
                                .isEqualTo(state.getOrDefault("book of " + organization, List.of()));
                        assertThat(documents.asOf(new Watermark(watermark), SHELVES, organization))
                                .isEqualTo(state.getOrDefault("shelf of " + organization, List.of()));
                        assertThat(documents.asOf(
                                        new Watermark(watermark), BOOKS, organization, "genre", Set.of("poetry")))
                                .isEqualTo(ofGenre(state.getOrDefault("book of " + organization, List.of()), "poetry"));
                    }
                });
                bookkeeper.histories.forEach((id, expected) -> assertThat(
                                documents.history(BOOKS, expected.getFirst().organization(), new Id<>(id)))
                        .extracting(Revision::document)
                        .isEqualTo(expected));
            }
        });
    }

    private static List<Document<?>> ofGenre(List<Document<?>> books, String genre) {
        return books.stream()
                .filter(book -> ((Book) book.content()).genre().equals(genre))
                .toList();
    }

    /** One transaction of one to four steps; a quarter of them think better of it in the end. */
    private static void writeSomething(Documents documents, Bookkeeper kept, RandomGenerator random, int i) {
        OrganizationId organization = random.nextBoolean() ? CITY : SCHOOL;
        Bookkeeper tried = kept.copy();
        boolean regrets = random.nextInt(4) == 0;
        try {
            documents.write(author("USER_" + i % 3, i), transaction -> {
                int steps = random.nextInt(1, 5);
                for (int step = 0; step < steps; step++) {
                    step(transaction, tried, organization, random, i + "-" + step);
                }
                if (regrets) {
                    throw new Regret();
                }
                return true;
            });
            kept.become(tried);
        } catch (Regret _) {
            // the bookkeeper keeps what it had, and so must the store
        }
        kept.note(documents.watermark());
    }

    private static void step(
            Transaction transaction,
            Bookkeeper bookkeeper,
            OrganizationId organization,
            RandomGenerator random,
            String name) {
        List<Document<Book>> books = bookkeeper.books(organization);
        int choice = books.isEmpty() ? 0 : random.nextInt(4);
        Id<Shelf> shelf = new Id<>("shelf-" + random.nextInt(SHELVES_MAX));
        if (transaction.find(SHELVES, organization, shelf).isEmpty()) {
            bookkeeper.shelved(transaction.insert(SHELVES, organization, shelf, new Shelf(shelf.value())));
        }
        switch (choice) {
            case 0, 1 ->
                bookkeeper.wrote(transaction.insert(
                        BOOKS, organization, new Id<>(organization + name), book("T" + name, "crime", shelf)));
            case 2 -> {
                Document<Book> one = books.get(random.nextInt(books.size()));
                bookkeeper.wrote(
                        transaction.update(one, book("U" + name, random.nextBoolean() ? "poetry" : "crime", shelf)));
            }
            default -> {
                Document<Book> one = books.get(random.nextInt(books.size()));
                transaction.delete(one);
                bookkeeper.removed(one);
            }
        }
    }

    private static final class Regret extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Copies everything each time: too slow for a store, too simple to be wrong. */
    private static final class Bookkeeper {
        private final Map<String, TreeMap<Integer, Document<?>>> living = new LinkedHashMap<>();
        private final Map<String, List<Document<Book>>> histories = new LinkedHashMap<>();
        private final Map<Long, Map<String, List<Document<?>>>> states = new LinkedHashMap<>();

        Bookkeeper copy() {
            Bookkeeper copy = new Bookkeeper();
            copy.become(this);
            return copy;
        }

        void become(Bookkeeper other) {
            living.clear();
            other.living.forEach((key, documents) -> living.put(key, new TreeMap<>(documents)));
            histories.clear();
            other.histories.forEach((key, documents) -> histories.put(key, new ArrayList<>(documents)));
        }

        void note(Watermark watermark) {
            Map<String, List<Document<?>>> state = new LinkedHashMap<>();
            living.forEach((key, documents) -> state.put(key, List.copyOf(documents.values())));
            states.put(watermark.value(), state);
        }

        List<Document<Book>> books(OrganizationId organization) {
            return histories.values().stream()
                    .map(List::getLast)
                    .filter(last -> living.getOrDefault("book of " + organization, new TreeMap<>())
                            .containsKey(last.number()))
                    .toList();
        }

        void shelved(Document<Shelf> document) {
            put(document);
        }

        void wrote(Document<Book> document) {
            put(document);
            histories
                    .computeIfAbsent(document.id().value(), _ -> new ArrayList<>())
                    .add(document);
        }

        void removed(Document<Book> document) {
            living.getOrDefault("book of " + document.organization(), new TreeMap<>())
                    .remove(document.number());
            histories
                    .computeIfAbsent(document.id().value(), _ -> new ArrayList<>())
                    .add(document);
        }

        private void put(Document<?> document) {
            living.computeIfAbsent(document.kind() + " of " + document.organization(), _ -> new TreeMap<>())
                    .put(document.number(), document);
        }
    }
}
