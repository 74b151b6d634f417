package io.tallystick.server.page;

import io.tallystick.quantity.Exact;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and dates as people read them. No digit is lost: what would need rounding keeps its places. */
final class Written {
    private static final char MINUS = '\u2212';
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM yyyy HH:mm:ss", Locale.ENGLISH);

    private Written() {}

    /** All digits, in groups of three: 51,200.5 */
    static String number(BigDecimal number) {
        String plain = Exact.plain(number).abs().toPlainString();
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        StringBuilder grouped = new StringBuilder();
        for (int i = 0; i < whole.length(); i++) {
            if (i > 0 && (whole.length() - i) % 3 == 0) {
                grouped.append(',');
            }
            grouped.append(whole.charAt(i));
        }
        String rest = point < 0 ? "" : plain.substring(point);
        return (number.signum() < 0 ? MINUS : "") + grouped.toString() + rest;
    }

    /** With at least so many places: 0.9 in USD is 0.90. An amount that has more keeps them. */
    static String amount(BigDecimal amount, int places) {
        BigDecimal plain = Exact.plain(amount);
        String text = number(plain);
        int missing = places - Math.max(plain.scale(), 0);
        if (missing <= 0) {
            return text;
        }
        return text + (plain.scale() <= 0 ? "." : "") + "0".repeat(missing);
    }

    static String date(LocalDate date) {
        return DATE.format(date);
    }

    /** A half-open period by its first and last day: 1 December 2024 to 31 December 2024. Times are said where they are not midnight. */
    static String period(Period period, ZoneId zone) {
        boolean isOfDays = isMidnight(period.from(), zone) && isMidnight(period.to(), zone);
        if (!isOfDays) {
            return "%s to before %s".formatted(time(period.from(), zone), time(period.to(), zone));
        }
        LocalDate first = LocalDate.ofInstant(period.from(), zone);
        LocalDate last = LocalDate.ofInstant(period.to(), zone).minusDays(1);
        return first.equals(last) ? date(first) : "%s to %s".formatted(date(first), date(last));
    }

    private static boolean isMidnight(Instant instant, ZoneId zone) {
        ZonedDateTime local = instant.atZone(zone);
        return local.toLocalDate().atStartOfDay(zone).toInstant().equals(instant)
                || local.toLocalTime().equals(LocalTime.MIDNIGHT);
    }

    private static String time(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone));
    }

    /** The digits of an exact amount that its currency shows, and those it does not. */
    record Split(String shown, String rest) {
        static Split of(BigDecimal exact, int places) {
            BigDecimal cut =
                    exact.setScale(Math.min(Math.max(places, 0), Math.max(exact.scale(), 0)), RoundingMode.DOWN);
            String shown = amount(cut, places);
            String all = amount(exact, places);
            // an amount such as -0.004 begins with the sign that its cut digits have lost
            return all.startsWith(shown) ? new Split(shown, all.substring(shown.length())) : new Split(all, "");
        }
    }
}
