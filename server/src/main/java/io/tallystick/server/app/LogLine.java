package io.tallystick.server.app;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One line for each log record: {@code time=... level=... logger=... msg="..."}. A message that is key=value pairs already
 * stands as it is. A stack trace follows in the same line, so that no collector tears it apart.
 */
final class LogLine extends Formatter {
    @Override
    public String format(LogRecord logged) {
        StringBuilder line = new StringBuilder(160);
        line.append("time=").append(logged.getInstant().truncatedTo(ChronoUnit.MILLIS));
        line.append(" level=").append(logged.getLevel().getName().toLowerCase(Locale.ROOT));
        line.append(" logger=").append(logged.getLoggerName()).append(' ');
        String message = formatMessage(logged);
        line.append(message.matches("(?s)[a-z_]+=.*") ? oneLine(message) : "msg=" + quoted(message));
        for (@Nullable Throwable thrown = logged.getThrown(); thrown != null; thrown = thrown.getCause()) {
            line.append(" error=")
                    .append(quoted(thrown.toString()))
                    .append(" stack=")
                    .append(quoted(frames(thrown)));
        }
        return line.append('\n').toString();
    }

    private static String frames(Throwable thrown) {
        StringJoiner frames = new StringJoiner(" < ");
        for (StackTraceElement frame : thrown.getStackTrace()) {
            frames.add(frame.toString());
        }
        return frames.toString();
    }

    private static String quoted(String text) {
        return '"' + oneLine(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    private static String oneLine(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }
}
