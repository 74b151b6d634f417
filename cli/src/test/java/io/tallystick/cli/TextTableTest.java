package io.tallystick.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tallystick.cli.TextTable.Alignment;
import io.tallystick.cli.TextTable.Column;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

final class TextTableTest {
    @Test
    void putsDecimalPointsUnderEachOtherAndHeadingsOverThem() {
        TextTable table = new TextTable(
                        List.of(new Column("Name", Alignment.LEFT), new Column("Amount", Alignment.POINT)))
                .row("a", "1,000")
                .rule()
                .row("longer", "0.125")
                .row("", "");

        assertThat(table.render(Ansi.OFF).lines())
                .containsExactly(
                        "┌────────┬───────────┐",
                        "│ Name   │    Amount │",
                        "├────────┼───────────┤",
                        "│ a      │ 1,000     │",
                        "├────────┼───────────┤",
                        "│ longer │     0.125 │",
                        "│        │           │",
                        "└────────┴───────────┘");
    }

    @Test
    void isAsWideAsAHeadingThatIsWiderThanItsNumbers() {
        TextTable table = new TextTable(List.of(new Column("Quantity", Alignment.POINT))).row("7");

        assertThat(table.render(Ansi.OFF).lines()).contains("│ Quantity │", "│        7 │");
    }

    @Test
    void printsAStrongRowBoldWhereTheTerminalCan() {
        TextTable table = new TextTable(List.of(new Column("Name", Alignment.LEFT))).strongRow("sum");

        assertThat(table.render(Ansi.ON)).contains("│ \u001b[1msum \u001b[21m │");
        assertThat(table.render(Ansi.OFF)).contains("│ sum  │");
    }

    @Test
    void refusesARowWithAnotherNumberOfCells() {
        TextTable table = new TextTable(List.of(new Column("Name", Alignment.LEFT)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.row("a", "b"))
                .withMessage("Expected 1 cells, but there were 2.");
    }
}
