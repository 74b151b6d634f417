package io.tallystick.server.page;

import static java.util.stream.Collectors.joining;

import java.util.stream.Stream;

/**
 * A piece of HTML. Made of tags that the house names and of texts, which are escaped when they come in; there is no other way
 * to make one.
 *
 * @param markup as it goes to the browser
 */
record Html(String markup) {
    static final Html NOTHING = new Html("");

    /** A text from anywhere; it shows as it is. */
    static Html text(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isShown(character) ? character : '\ufffd');
            }
        });
        return new Html(escaped.toString());
    }

    /** Control characters are no text: HTML knows white space alone of them. */
    private static boolean isShown(int character) {
        return !Character.isISOControl(character) || character == '\n' || character == '\t';
    }

    /** The style sheet, which comes from the house and holds no text from outside. */
    static Html style(StyleSheet sheet) {
        return new Html("<style>" + sheet.css() + "</style>");
    }

    static Html all(Stream<Html> parts) {
        return new Html(parts.map(Html::markup).collect(joining()));
    }

    static Html all(Html... parts) {
        return all(Stream.of(parts));
    }

    /** A tag that is about to be filled. Its name and those of its attributes are constants of the house. */
    static Tag tag(String name) {
        return new Tag(name, "");
    }

    /** The same with a class. */
    static Tag tag(String name, String styleClass) {
        return tag(name).with("class", styleClass);
    }

    /**
     * The beginning of an element.
     *
     * @param attributes as they go to the browser, each after a space
     */
    record Tag(String name, String attributes) {
        Tag with(String attribute, String value) {
            return new Tag(name, "%s %s=\"%s\"".formatted(attributes, attribute, text(value).markup));
        }

        Html of(Html... inside) {
            return of(Stream.of(inside));
        }

        Html of(Stream<Html> inside) {
            return new Html("<%s%s>%s</%s>".formatted(name, attributes, all(inside).markup, name));
        }

        Html of(String inside) {
            return of(text(inside));
        }

        /** An element that HTML knows no end of. */
        Html alone() {
            return new Html("<%s%s>".formatted(name, attributes));
        }
    }
}
