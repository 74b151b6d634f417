package io.tallystick.server.api.search;

import io.tallystick.document.Facet.Form;
import io.tallystick.quantity.DecimalReading;
import io.tallystick.quantity.Decimals;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What a form of value means for a search: how its values are written, compared and ordered. */
record Notation(Form form) {
    private static final Comparator<String> IGNORING_CASE =
            Comparator.comparing(Notation::folded).thenComparing(Comparator.naturalOrder());

    /** Comparisons that make sense for such values. */
    Set<Comparison> comparisons() {
        return switch (form) {
            case Form.Text _ -> EnumSet.of(Comparison.EQUAL, Comparison.PHRASE);
            case Form.Name _, Form.Word _ -> EnumSet.of(Comparison.EQUAL);
            case Form.Decimal _, Form.Day _, Form.Moment _ -> EnumSet.complementOf(EnumSet.of(Comparison.PHRASE));
        };
    }

    /** What a value is, for messages. */
    String description() {
        return switch (form) {
            case Form.Text _ -> "a text";
            case Form.Name _ -> "an id";
            case Form.Word(var words) -> "one of " + String.join(", ", words);
            case Form.Decimal _ -> "a number such as 12.5";
            case Form.Day _ -> "a date such as 2025-01-01";
            case Form.Moment _ -> "a date-time such as 2025-01-01T00:00:00Z";
        };
    }

    /** A value that somebody wrote, as the cards have it; absent where it is none. */
    Optional<String> read(String text) {
        return switch (form) {
            case Form.Text _, Form.Name _ -> Optional.of(text);
            case Form.Word(var words) -> Optional.of(text).filter(words::contains);
            case Form.Decimal _ ->
                Decimals.read(text) instanceof DecimalReading.Read(BigDecimal number)
                        ? Optional.of(number.toPlainString())
                        : Optional.empty();
            case Form.Day _ -> parsed(() -> LocalDate.parse(text).toString());
            case Form.Moment _ ->
                parsed(() -> OffsetDateTime.parse(text).toInstant().toString());
        };
    }

    private static Optional<String> parsed(Supplier<String> read) {
        try {
            return Optional.of(read.get());
        } catch (DateTimeException e) {
            // the caller says what was expected
            return Optional.empty();
        }
    }

    /** The order of values on cards. Texts are sorted whatever their case. */
    Comparator<String> order() {
        return switch (form) {
            case Form.Text _ -> IGNORING_CASE;
            case Form.Name _, Form.Word _ -> Comparator.naturalOrder();
            case Form.Decimal _ -> Comparator.comparing(BigDecimal::new);
            case Form.Day _ -> Comparator.comparing(LocalDate::parse);
            case Form.Moment _ -> Comparator.comparing(Instant::parse);
        };
    }

    /** Whether the phrase begins at a word of the text, whatever the case: "premium su" is in "Our Premium Support". */
    static boolean hasPhrase(String text, String phrase) {
        String in = folded(text);
        String wanted = folded(phrase);
        for (int at = in.indexOf(wanted); at >= 0; at = in.indexOf(wanted, at + 1)) {
            if (at == 0 || !Character.isLetterOrDigit(in.codePointBefore(at))) {
                return true;
            }
        }
        return false;
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
