package io.tallystick.server.api.usage;

import io.tallystick.usage.Micros;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Reads date-times with an offset as microseconds since 1970, finer digits cut off. The forms that programs write are read
 * digit by digit, because the JDK's parser takes longer than all the rest of a measurement; every other form is left to
 * the JDK's, which decides what is a date-time at all.
 */
final class Timestamps {
    /** No date-time, or outside the years 1 to 9999. */
    static final long NONE = Long.MIN_VALUE;

    /** Beyond them an offset could lead out of the years that are allowed. */
    private static final int YEAR_FIRST = 2;

    private static final int YEAR_LAST = 9998;

    private static final int SECONDS_AT = 17;
    private static final int SECONDS_END = 19;
    private static final int MICROS_DIGITS = 6;
    private static final int NANOS_DIGITS = 9;
    private static final int OFFSET_LENGTH = 6;
    private static final long PER_SECOND = 1_000_000;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Timestamps() {}

    /** The time these characters say, or {@link #NONE}. */
    static long micros(char[] text, int start, int length) {
        long micros = usual(text, start, length);
        return micros == NONE ? other(new String(text, start, length)) : micros;
    }

    /** {@code 2024-12-12T20:36:00}, a fraction of 1 to 9 digits or none, and {@code Z} or {@code +01:00}. */
    private static long usual(char[] text, int start, int length) {
        if (length <= SECONDS_END
                || text[start + 4] != '-'
                || text[start + 7] != '-'
                || text[start + 10] != 'T'
                || text[start + 13] != ':'
                || text[start + 16] != ':') {
            return NONE;
        }
        int year = two(text, start) * 100 + two(text, start + 2);
        int month = two(text, start + 5);
        int day = two(text, start + 8);
        int hour = two(text, start + 11);
        int minute = two(text, start + 14);
        int second = two(text, start + SECONDS_AT);
        if (year < YEAR_FIRST
                || year > YEAR_LAST
                || month < 1
                || month > 12
                || day < 1
                || day > days(year, month)
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59) {
            return NONE;
        }
        long seconds = epochDay(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + second;
        return withFraction(seconds, text, start + SECONDS_END, start + length);
    }

    /** The seconds, and what stands behind them. */
    private static long withFraction(long seconds, char[] text, int at, int end) {
        int offsetAt = at;
        long fraction = 0;
        if (text[at] == '.') {
            int digits = 0;
            for (offsetAt++; offsetAt < end && isDigit(text[offsetAt]); offsetAt++, digits++) {
                fraction = digits < MICROS_DIGITS ? fraction * 10 + text[offsetAt] - '0' : fraction;
            }
            if (digits == 0 || digits > NANOS_DIGITS) {
                return NONE;
            }
            for (; digits < MICROS_DIGITS; digits++) {
                fraction *= 10;
            }
        }
        long offset = offset(text, offsetAt, end);
        return offset == NONE ? NONE : (seconds - offset) * PER_SECOND + fraction;
    }

    /** Seconds east of UTC. */
    private static long offset(char[] text, int at, int end) {
        if (at + 1 == end && text[at] == 'Z') {
            return 0;
        }
        if (at + OFFSET_LENGTH != end || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
            return NONE;
        }
        int hours = two(text, at + 1);
        int minutes = two(text, at + 4);
        if (hours < 0 || hours > 17 || minutes < 0 || minutes > 59) {
            return NONE;
        }
        int seconds = hours * 3_600 + minutes * 60;
        return text[at] == '-' ? -seconds : seconds;
    }

    private static long other(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return Micros.canHold(instant) ? Micros.floor(instant) : NONE;
        } catch (DateTimeException e) {
            return NONE;
        }
    }

    /** The number of two digits; below -10,000 where one of them is none, so that no sum of two can be a number. */
    private static int two(char[] text, int at) {
        return isDigit(text[at]) && isDigit(text[at + 1])
                ? (text[at] - '0') * 10 + text[at + 1] - '0'
                : Short.MIN_VALUE;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static int days(int year, int month) {
        return month == 2 && isLeap(year) ? 29 : DAYS[month - 1];
    }

    private static boolean isLeap(int year) {
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    }

    /** Days since 1970-01-01. The year begins in March here, so that the leap day is its last. */
    private static long epochDay(int year, int month, int day) {
        int marchYear = month > 2 ? year : year - 1;
        int marchMonth = (month + 9) % 12;
        long dayOfYear = (153L * marchMonth + 2) / 5 + day - 1;
        return 365L * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468;
    }
}
