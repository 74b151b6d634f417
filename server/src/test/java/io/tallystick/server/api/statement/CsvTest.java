package io.tallystick.server.api.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void textsRunNothingInASpreadsheet(String text) {
        assertThat(new Csv().row(Csv.of(text)).text()).containsPattern("^\"?'").contains(text);
    }

    @Test
    void quotesWhatWouldEndAValue() {
        assertThat(new Csv()
                        .row(Csv.of("a,b"), Csv.of("say \"so\""), Csv.of("two\nlines"), Csv.of(" c "), Csv.of("plain"))
                        .text())
                .isEqualTo("\"a,b\",\"say \"\"so\"\"\",\"two\nlines\",\" c \",plain\r\n");
    }

    @Test
    void figuresStayFigures() {
        assertThat(new Csv()
                        .row(Csv.of(new BigDecimal("-0.000000000001")), Csv.of(new BigDecimal("1E+3")), Csv.of(""))
                        .text())
                .isEqualTo("-0.000000000001,1000,\r\n");
    }
}
