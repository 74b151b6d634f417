package io.tallystick.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class LogLineTest {
    @Test
    void keepsAMessageOfPairsAsItIs() {
        assertThat(line(Level.INFO, "event=stopped address={0}"))
                .isEqualTo("time=2026-01-02T03:04:05.006Z level=info logger=a.B event=stopped address=x\n");
    }

    @Test
    void quotesAnyOtherMessageSoThatItStaysOneLine() {
        assertThat(line(Level.WARNING, "It said \"no\"\r\nand C:\\x"))
                .isEqualTo(
                        "time=2026-01-02T03:04:05.006Z level=warning logger=a.B msg=\"It said \\\"no\\\"\\r\\nand C:\\\\x\"\n");
    }

    @Test
    void putsTheWholeChainOfCausesIntoTheLine() {
        LogRecord logged = logged(Level.SEVERE, "event=commit");
        logged.setThrown(new IllegalStateException("outer\nmore", new ArithmeticException("inner")));

        assertThat(new LogLine().format(logged))
                .containsOnlyOnce("\n")
                .endsWith("\n")
                .contains(
                        "error=\"java.lang.IllegalStateException: outer\\nmore\" stack=\"io.tallystick.server.app.LogLineTest.")
                .contains("error=\"java.lang.ArithmeticException: inner\" stack=\"");
    }

    private static String line(Level level, String message) {
        return new LogLine().format(logged(level, message));
    }

    private static LogRecord logged(Level level, String message) {
        LogRecord logged = new LogRecord(level, message);
        logged.setLoggerName("a.B");
        logged.setParameters(new Object[] {"x"});
        logged.setInstant(Instant.parse("2026-01-02T03:04:05.006789Z"));
        return logged;
    }
}
