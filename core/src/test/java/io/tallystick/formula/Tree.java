package io.tallystick.formula;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A formula as the tests know it: what is written, and what stands inside. What it is worth, {@link NaiveValue} says. */
record Tree(Kind kind, String word, List<Tree> parts) {
    /** From the weakest to the strongest, as {@link Formula} describes them; a call is as strong as a name. */
    enum Kind {
        CHOICE,
        OR,
        AND,
        EQUALITY,
        ORDER,
        SUM,
        PRODUCT,
        SIGN,
        POWER,
        CALL,
        LITERAL,
        NAME;

        private boolean isAtom() {
            return compareTo(CALL) >= 0;
        }
    }

    Tree(Kind kind, String word, Tree... parts) {
        this(kind, word, List.of(parts));
    }

    /** Written with no more parentheses than it needs, and so much between the words. */
    String written(String space) {
        return switch (kind) {
            case LITERAL, NAME -> word;
            case CALL ->
                word + "("
                        + String.join(
                                "," + space,
                                parts.stream().map(part -> part.written(space)).toList()) + space + ")";
            case SIGN -> "-" + space + parts.getFirst().inside(Kind.SIGN, space);
            case CHOICE ->
                parts.getFirst().inside(Kind.OR, space) + space + "?" + space
                        + parts.get(1).written(space) + space + ":" + space
                        + parts.get(2).written(space);
            case POWER ->
                parts.getFirst().inside(Kind.CALL, space) + space + "^" + space
                        + parts.getLast().inside(Kind.SIGN, space);
            case EQUALITY, ORDER -> binary(next(), space);
            case OR, AND -> binary(kind, space.isEmpty() ? " " : space);
            case SUM, PRODUCT -> binary(kind, space);
        };
    }

    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        if (kind == Kind.NAME) {
            names.add(word);
        }
        parts.forEach(part -> names.addAll(part.names()));
        return names;
    }

    private String binary(Kind leftMin, String space) {
        return parts.getFirst().inside(leftMin, space)
                + space
                + word
                + space
                + parts.getLast().inside(next(), space);
    }

    private Kind next() {
        return List.of(Kind.values()).get(List.of(Kind.values()).indexOf(kind) + 1);
    }

    private String inside(Kind weakest, String space) {
        boolean stands = kind.isAtom() || kind.compareTo(weakest) >= 0;
        return stands ? written(space) : "(" + space + written(space) + space + ")";
    }
}
