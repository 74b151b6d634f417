package io.tallystick.server.proof;

import static java.util.stream.Collectors.toCollection;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A meter with numbers, texts and one derived number.
 *
 * @param fields codes of the numbers, at least one
 * @param texts codes of the texts
 */
public record Metered(String code, List<String> fields, List<String> texts, Formula formula) {
    /** Code of the derived number. */
    public static final String DERIVED = "d";

    private static final MathContext QUOTIENT = new MathContext(34, RoundingMode.HALF_EVEN);
    private static final int DIGITS_MAX = 38;
    private static final int INTEGER_DIGITS_MAX = 26;

    /** What the derived field is made of, with the fields x and y. */
    public enum Formula {
        PRODUCT("x * y"),
        SUM("x + y * 2"),
        QUARTER("x / 4 - y");

        private final String text;

        Formula(String text) {
            this.text = text;
        }
    }

    /** All numbers, the derived one last. */
    public List<String> numbers() {
        return Stream.concat(fields.stream(), Stream.of(DERIVED)).toList();
    }

    /** A number of a measurement; of the derived one nothing where it has more digits than the house keeps. */
    public Optional<BigDecimal> value(String field, Sample sample) {
        if (!field.equals(DERIVED)) {
            return Optional.of(sample.number(field));
        }
        BigDecimal x = sample.number(fields.getFirst());
        BigDecimal y = sample.number(fields.getLast());
        return (switch (formula) {
                    case PRODUCT -> fitting(x.multiply(y));
                    case SUM -> fitting(y.multiply(BigDecimal.TWO)).flatMap(twice -> fitting(x.add(twice)));
                    case QUARTER ->
                        // what comes of a quotient has no more digits than the quotient
                        fitting(x.divide(BigDecimal.valueOf(4), QUOTIENT).subtract(y, QUOTIENT));
                })
                .filter(exact -> integerDigits(exact) <= INTEGER_DIGITS_MAX)
                .map(exact -> exact.setScale(12, RoundingMode.HALF_EVEN));
    }

    /** A result of a step, if it has not more digits than the house calculates with. */
    private static Optional<BigDecimal> fitting(BigDecimal result) {
        BigDecimal plain = result.signum() == 0 ? BigDecimal.ZERO : result.stripTrailingZeros();
        return Optional.of(plain).filter(exact -> Math.max(exact.precision(), integerDigits(exact)) <= DIGITS_MAX);
    }

    private static int integerDigits(BigDecimal number) {
        return number.precision() - number.scale();
    }

    /** Makes the meter and gives its id. */
    public String create(Client client, String product) {
        List<Map<String, Object>> dataFields = Stream.concat(
                        fields.stream().map(field -> field(field, "MEASURE")),
                        texts.stream().map(text -> field(text, "WHAT")))
                .collect(toCollection(ArrayList::new));
        String calculation = formula.text.replace("x", fields.getFirst()).replace("y", fields.getLast());
        return client.create(
                "meters",
                Map.of(
                        "code",
                        code,
                        "name",
                        code,
                        "productId",
                        product,
                        "dataFields",
                        dataFields,
                        "derivedFields",
                        List.of(Map.of(
                                "code",
                                DERIVED,
                                "name",
                                DERIVED,
                                "category",
                                "MEASURE",
                                "unit",
                                "things",
                                "calculation",
                                calculation))));
    }

    private static Map<String, Object> field(String code, String category) {
        return category.equals("MEASURE")
                ? Map.of("code", code, "name", code, "category", category, "unit", "things")
                : Map.of("code", code, "name", code, "category", category);
    }
}
