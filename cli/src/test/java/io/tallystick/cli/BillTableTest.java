package io.tallystick.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tallystick.cli.ShownBill.Band;
import io.tallystick.cli.ShownBill.Line;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

final class BillTableTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0                  | 0                  | 0.00
                    0.000              | 0                  | 0.00
                    5                  | 5                  | 5.00
                    1.1                | 1.1                | 1.10
                    126500.220         | 126,500.22         | 126,500.22
                    1E+10              | 10,000,000,000     | 10,000,000,000.00
                    -1234.5            | -1,234.5           | -1,234.50
                    -0.25              | -0.25              | -0.25
                    0.00001833337      | 0.00001833337      | 0.00001833337
                    """)
    void printsEveryDigitWithoutAnExponent(BigDecimal number, String plain, String money) {
        assertThat(BillTable.plain(number)).isEqualTo(plain);
        assertThat(BillTable.money(number)).isEqualTo(money);
    }

    @Test
    void showsEveryBandOfALineWithItsPriceUnitsAndAmount() {
        BigDecimal first = new BigDecimal("110000.22");
        BigDecimal second = new BigDecimal("16500");
        Line line = new Line(
                "duration",
                "GB-s",
                new BigDecimal("7000000000"),
                new BigDecimal("7000000000"),
                List.of(
                        new Band(BigDecimal.ZERO, new BigDecimal("6000000000"), new BigDecimal("0.00001833337"), first),
                        new Band(
                                new BigDecimal("6000000000"),
                                new BigDecimal("1000000000"),
                                new BigDecimal("0.0000165"),
                                second)),
                first.add(second),
                new BigDecimal("126500.22"));

        String table = BillTable.of(
                List.of(new ShownBill("Big One", "b1", "USD", List.of(line), new BigDecimal("126500.22"))), Ansi.OFF);

        assertThat(table.lines())
                .containsExactly(
                        "┌─────────────────────────┬───────────────┬───────────────┬──────┬────────────────┬──────────────┬────────────┐",
                        "│ Account                 │      Quantity │         Units │ Unit │ Price per unit │ Exact amount │        USD │",
                        "├─────────────────────────┼───────────────┼───────────────┼──────┼────────────────┼──────────────┼────────────┤",
                        "│ Big One                 │               │               │      │                │              │            │",
                        "│   duration              │ 7,000,000,000 │ 7,000,000,000 │ GB-s │                │   126,500.22 │ 126,500.22 │",
                        "│     above 0             │               │ 6,000,000,000 │      │  0.00001833337 │   110,000.22 │            │",
                        "│     above 6,000,000,000 │               │ 1,000,000,000 │      │  0.0000165     │    16,500    │            │",
                        "│   total                 │               │               │      │                │              │ 126,500.22 │",
                        "├─────────────────────────┼───────────────┼───────────────┼──────┼────────────────┼──────────────┼────────────┤",
                        "│ All accounts            │               │               │      │                │              │            │",
                        "│   duration              │ 7,000,000,000 │ 7,000,000,000 │ GB-s │                │   126,500.22 │ 126,500.22 │",
                        "│   total                 │               │               │      │                │              │ 126,500.22 │",
                        "└─────────────────────────┴───────────────┴───────────────┴──────┴────────────────┴──────────────┴────────────┘");
    }

    @Test
    void refusesToAddUpTwoCurrencies() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BillTable.of(List.of(bill("USD"), bill("EUR")), Ansi.OFF))
                .withMessage("Expected bills in one currency, but were in [USD, EUR].");
    }

    private static ShownBill bill(String currency) {
        return new ShownBill("a", "b", currency, List.of(), BigDecimal.ZERO);
    }
}
