package io.tallystick.id;

/**
 * The name people and programs use for a product, meter, plan or account: 1 to 80 characters, no white space at either
 * end, no control characters. Unique within its organization and kind. Source: m3ter API, "code" of every entity.
 *
 * <p>A character is a Unicode code point, so that 80 emoji fit as 80 letters do. Half a surrogate pair is none: it has
 * no UTF-8 form, and two different codes would meet in the same question mark at rest. White space is Unicode's,
 * the no-break space included.
 *
 * @param value as people wrote it; nothing is normalized
 */
public record Code(String value) {
    private static final int LENGTH_MAX = 80;

    public Code {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("Expected a code of 1 to " + LENGTH_MAX
                    + " characters without control characters and without white space at either end, but was \"" + value
                    + "\" (" + value.codePointCount(0, value.length()) + " characters).");
        }
    }

    public static boolean isWellFormed(String text) {
        return !text.isEmpty()
                && text.length() <= 2 * LENGTH_MAX
                && text.codePointCount(0, text.length()) <= LENGTH_MAX
                && !isSpace(text.codePointAt(0))
                && !isSpace(text.codePointBefore(text.length()))
                && text.codePoints().allMatch(Code::isAllowed);
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isAllowed(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL && type != Character.SURROGATE;
    }

    @Override
    public String toString() {
        return value;
    }
}
