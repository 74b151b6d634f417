package io.tallystick.server.store.sqlite;

import io.tallystick.document.Library;
import io.tallystick.document.Library.Book;
import io.tallystick.document.Library.Shelf;
import io.tallystick.id.Id;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How the documents of the contracts look at rest. */
final class LibraryCodecs {
    private static final JsonMapper JSON = new JsonMapper();

    static final DocumentCodecs ALL =
            DocumentCodecs.none().with(Library.SHELVES, new Shelves()).with(Library.BOOKS, new Books());

    private LibraryCodecs() {}

    private static final class Shelves implements DocumentCodec<Shelf> {
        @Override
        public String write(Shelf content) {
            return JSON.writeValueAsString(content.code());
        }

        @Override
        public Shelf read(String body) {
            return new Shelf(JSON.readValue(body, String.class));
        }
    }

    private static final class Books implements DocumentCodec<Book> {
        @Override
        public String write(Book content) {
            ObjectNode node = JSON.createObjectNode();
            node.put("title", content.title());
            node.put("genre", content.genre());
            content.isbn().ifPresent(isbn -> node.put("isbn", isbn));
            node.put("shelf", content.shelf().value());
            content.formerShelf().ifPresent(shelf -> node.put("formerShelf", shelf.value()));
            return JSON.writeValueAsString(node);
        }

        @Override
        public Book read(String body) {
            JsonNode node = JSON.readTree(body);
            return new Book(
                    text(node, "title").orElseThrow(),
                    text(node, "genre").orElseThrow(),
                    text(node, "isbn"),
                    text(node, "shelf").map(Id<Shelf>::new).orElseThrow(),
                    text(node, "formerShelf").map(Id<Shelf>::new));
        }

        private static Optional<String> text(JsonNode node, String field) {
            return node.optional(field).map(JsonNode::stringValue);
        }
    }
}
