package io.tallystick.formula;

import io.tallystick.quantity.DecimalReading;
import io.tallystick.quantity.Decimals;
import java.math.BigDecimal;

/** The characters of a formula and how far they have been read; white space between words does not count. */
final class Source {
    private final String text;
    private int position;

    Source(String text) {
        this.text = text;
        skipSpace();
    }

    /** Index of the next character that is not white space, or the length of the text. */
    int position() {
        return position;
    }

    boolean isAtEnd() {
        return position == text.length();
    }

    boolean isNext(String symbol) {
        return text.startsWith(symbol, position);
    }

    boolean accept(String symbol) {
        return isNext(symbol) && acceptLength(symbol.length());
    }

    /** The word if it stands here whole: {@code OR} is not the start of {@code ORDERS}. */
    boolean isWordNext(String word) {
        return isNext(word) && word.length() == wordEnd() - position;
    }

    boolean acceptWord(String word) {
        return isWordNext(word) && acceptLength(word.length());
    }

    void expect(String symbol) {
        if (!accept(symbol)) {
            throw unexpected(symbol);
        }
    }

    boolean isWordNext() {
        return wordEnd() > position;
    }

    boolean isDigitNext() {
        return !isAtEnd() && isDigit(text.charAt(position));
    }

    boolean isQuoteNext() {
        return isNext("\"") || isNext("'");
    }

    /** A letter, {@code _} or {@code $}, then also digits: the shape of a field code. */
    String word() {
        String word = text.substring(position, wordEnd());
        acceptLength(word.length());
        return word;
    }

    /** A number literal, exactly as it is written. */
    BigDecimal number() {
        int start = position;
        String literal = text.substring(start, literalEnd());
        return switch (Decimals.readExactly(literal)) {
            case DecimalReading.Refused(String message) ->
                throw new SyntaxFault(start, message + " It stands at position " + start + " of the formula.");
            case DecimalReading.Read(BigDecimal value) -> {
                acceptLength(literal.length());
                yield value;
            }
        };
    }

    /** A text between two quotes of one kind; a backslash before a quote or a backslash keeps it. */
    String quoted() {
        char quote = text.charAt(position);
        StringBuilder content = new StringBuilder();
        for (int at = position + 1; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == quote) {
                acceptLength(at + 1 - position);
                return content.toString();
            }
            if (character == '\\') {
                at++;
                if (at == text.length() || "\\\"'".indexOf(text.charAt(at)) < 0) {
                    position = at;
                    throw unexpected("a quote or a backslash after a backslash");
                }
                character = text.charAt(at);
            }
            content.append(character);
        }
        int start = position;
        position = text.length();
        throw unexpected("the " + quote + " that ends the text begun at position " + start);
    }

    /** The fault of finding here something else than what is expected. */
    SyntaxFault unexpected(String expected) {
        return new SyntaxFault(
                position, "Expected " + expected + ", but at position " + position + " stood " + standing() + ".");
    }

    private String standing() {
        if (isAtEnd()) {
            return "the end of the formula";
        }
        int shownMax = 40;
        int end = Math.max(Math.max(wordEnd(), literalEnd()), text.offsetByCodePoints(position, 1));
        return end - position <= shownMax
                ? text.substring(position, end)
                : text.substring(position, text.offsetByCodePoints(position, shownMax / 2)) + "...";
    }

    private boolean acceptLength(int length) {
        position += length;
        skipSpace();
        return true;
    }

    private void skipSpace() {
        while (!isAtEnd() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private int wordEnd() {
        int end = position;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            boolean isInside = Character.isLetter(character)
                    || character == '_'
                    || character == '$'
                    || (end > position && isDigit(character));
            if (!isInside) {
                break;
            }
            end += Character.charCount(character);
        }
        return end;
    }

    /** Up to where digits, points, letters and the sign of an exponent reach, so that 2x and 1.2.3 are shown whole. */
    private int literalEnd() {
        int end = position;
        while (end < text.length() && isDigitNext() && isInLiteral(end)) {
            end++;
        }
        return end;
    }

    private boolean isInLiteral(int at) {
        char character = text.charAt(at);
        boolean isSign = character == '+' || character == '-';
        return isSign
                ? "eE".indexOf(text.charAt(at - 1)) >= 0
                : isDigit(character) || character == '.' || character == '_' || Character.isLetter(character);
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
