package io.tallystick.formula;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MalformedTest {
    private static final String OPERAND = "Expected a number, a text, a name, a function or (, but at position ";
    private static final String END = "Expected an operator or the end of the formula, but at position ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 0 | the end of the formula",
                "`  ` | 2 | the end of the formula",
                "memory * | 8 | the end of the formula",
                "memory * ) | 9 | )",
                "* memory | 0 | *",
                "+1 | 0 | +",
                ".5 | 0 | .",
                "() | 1 | )",
                "1 + AND | 4 | AND",
                "OR 1 | 0 | OR",
                "!true | 0 | !",
                "1 == = 2 | 5 | =",
                "IN() | 3 | )",
                "Math.max(1,) | 11 | )",
                "`1 +\n\t#` | 5 | `#`",
                "1 + 🐘 | 4 | 🐘",
                "1 + \u0663 | 4 | \u0663",
            })
    void expectsAnOperand(String text, int position, String standing) {
        assertMalformed(text, position, OPERAND + position + " stood " + standing + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "memory time | 7 | time",
                "1 2 | 2 | 2",
                "a and b | 2 | and",
                "a = b | 2 | =",
                "a && b | 2 | &",
                "(1)) | 3 | )",
                "1 : 2 | 2 | :",
                "1, 2 | 1 | ,",
                "1 ! 2 | 2 | !",
                "'a' 'b' | 4 | '",
                "a ORDERS | 2 | ORDERS",
            })
    void expectsAnOperatorOrTheEnd(String text, int position, String standing) {
        assertMalformed(text, position, END + position + " stood " + standing + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "(1 + 2 | 6 | Expected ), but at position 6 stood the end of the formula.",
                "a ? 1 | 5 | Expected :, but at position 5 stood the end of the formula.",
                "a ? 1 , 2 | 6 | Expected :, but at position 6 stood ,.",
                "Math.max(1 2) | 11 | Expected ), but at position 11 stood 2.",
                "a < b < c | 6 | Expected AND, OR or parentheses between two comparisons, but at position 6 stood <.",
                "a == b != c | 7 | Expected AND, OR or parentheses between two comparisons, but at position 7 stood !.",
                "'abc | 4 | Expected the ' that ends the text begun at position 0, but at position 4 stood the end of the formula.",
                "\"abc' | 5 | Expected the \" that ends the text begun at position 0, but at position 5 stood the end of the formula.",
                "'a\\n' | 3 | Expected a quote or a backslash after a backslash, but at position 3 stood n.",
                "'a\\ | 3 | Expected a quote or a backslash after a backslash, but at position 3 stood the end of the formula.",
                "Math.max(1) | 8 | Expected 2 arguments for Math.max, but at position 8 stood 1.",
                "Math.round(1) | 10 | Expected 2 arguments for Math.round, but at position 10 stood 1.",
                "Math.floor(1, 2) | 10 | Expected 1 arguments for Math.floor, but at position 10 stood 2.",
                "isnull(a) | 6 | Expected 2 arguments for isnull, but at position 6 stood 1.",
                "IN(a) | 0 | Expected IN(value, candidate, ...) with at least one candidate, but at position 0 stood one without.",
                "Math.PI(1) | 7 | Expected an operator or the end of the formula, but at position 7 stood (.",
                "Math.max | 8 | Expected (, but at position 8 stood the end of the formula.",
            })
    void saysWhatIsMissing(String text, int position, String message) {
        assertMalformed(text, position, message);
    }

    @ParameterizedTest
    @CsvSource({"1 + Math.sqrt(2), 4, Math.sqrt", "1 + if(a), 4, if", "isNull(a), 0, isNull", "Math.(1), 0, Math."})
    void refusesUnknownFunctions(String text, int position, String function) {
        assertMalformed(
                text,
                position,
                "Expected one of the functions Math.max, Math.min, Math.floor, Math.ceil, Math.pow, Math.abs, Math.round, "
                        + "isnull or IN, but at position " + position + " stood " + function + ".");
    }

    @ParameterizedTest
    @CsvSource({"'1 + DateTime.TS_FMT(ts, x)', 4, DateTime", "customfields.x, 0, customfields", "1 + math.PI, 4, math"})
    void refusesDatesAndReferences(String text, int position, String word) {
        assertMalformed(
                text,
                position,
                "Expected a name without a dot, but at position " + position + " stood " + word
                        + ". (dates, timestamps, custom fields and references to other records are not supported).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e100000000", "1e26", "1e-13", "007", "1.", "1.2.3", "2x", "2_", "1e", "1e+", "0x10", "1.e5"})
    void refusesAMalformedOrAbsurdLiteral(String literal) {
        assertThat(Formula.parse("a + " + literal)).isInstanceOfSatisfying(Malformed.class, malformed -> {
            assertThat(malformed.position()).isEqualTo(4);
            assertThat(malformed.message())
                    .startsWith("Expected ")
                    .contains(", but was \"" + literal + "\".")
                    .endsWith(" It stands at position 4 of the formula.");
        });
    }

    @Test
    void shortensWhatStoodThereWhereItIsLong() {
        assertMalformed("1 " + "x".repeat(100), 2, END + "2 stood " + "x".repeat(20) + "....");
        assertMalformed("1 " + "🐘".repeat(100), 2, END + "2 stood 🐘.");
    }

    @Test
    void takesFiveThousandCharactersAndNotOneMore() {
        String longest = "a" + "+a".repeat(2499) + " ";

        assertThat(longest).hasSize(5000);
        assertThat(Formula.parse(longest)).isInstanceOf(Formula.class);
        assertMalformed(
                longest + "+a",
                5000,
                "Expected the end of the formula at position 5000 at the latest, but it has 5002 characters.");
    }

    private static void assertMalformed(String text, int position, String message) {
        assertThat(Formula.parse(text)).isEqualTo(new Malformed(text, position, message));
    }
}
