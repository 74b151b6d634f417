package io.tallystick.server.settings;

import static java.util.function.Function.identity;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the text of a setting becomes a value, and which values are allowed.
 *
 * @param expected what is expected, as it stands after "Expected" in a fault and in the documentation's column
 * @param parser makes a value of a text, or throws IllegalArgumentException
 * @param allowed whether a value is within the bounds that {@code expected} names
 */
record SettingType<T>(String expected, Function<String, T> parser, Predicate<T> allowed) {
    private static final Pattern NUMBER_WITH_UNIT = Pattern.compile("([0-9]{1,9})([a-zA-Z]+)");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

    private static final Map<String, Long> BYTES_PER_UNIT = Map.of(
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30);
    private static final Map<String, Long> MILLISECONDS_PER_UNIT =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    /** Reads a text; throws IllegalArgumentException "Expected ..., but was ..." where it is none of the allowed values. */
    T parse(String text) {
        try {
            return require(parser.apply(text));
        } catch (IllegalArgumentException notAllowed) {
            throw new IllegalArgumentException("Expected %s, but was '%s'".formatted(expected, text), notAllowed);
        }
    }

    /** Returns the value, or throws IllegalArgumentException where it is out of bounds. */
    T require(T value) {
        if (!allowed.test(value)) {
            throw new IllegalArgumentException("Expected %s, but was %s".formatted(expected, value));
        }
        return value;
    }

    static SettingType<Integer> wholeNumber(int min, int max, String what) {
        return new SettingType<>(
                "%s from %s to %s".formatted(what, min, max),
                text -> Integer.valueOf(matched(WHOLE_NUMBER, text).group()),
                value -> min <= value && value <= max);
    }

    static SettingType<Boolean> trueOrFalse() {
        return new SettingType<>(
                "true or false",
                text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(text);
                },
                _ -> true);
    }

    static SettingType<Path> path(String what) {
        return new SettingType<>(
                what,
                text -> {
                    try {
                        return Path.of(text);
                    } catch (InvalidPathException invalid) {
                        throw new IllegalArgumentException(invalid);
                    }
                },
                value -> !value.toString().isEmpty());
    }

    static SettingType<String> address() {
        return new SettingType<>("an IP address or a host name", identity(), value -> !value.isBlank());
    }

    /** A size in bytes: decimal units as DuckDB reads them (kB = 1000), binary ones with an i (KiB = 1024). */
    static SettingType<Long> size(String min, String max) {
        long minBytes = inBaseUnit(min, BYTES_PER_UNIT);
        long maxBytes = inBaseUnit(max, BYTES_PER_UNIT);
        return new SettingType<>(
                "a size from %s to %s with its unit (B, kB, MB, GB, KiB, MiB or GiB)".formatted(min, max),
                text -> inBaseUnit(text, BYTES_PER_UNIT),
                value -> minBytes <= value && value <= maxBytes);
    }

    static SettingType<Duration> duration(String min, String max) {
        Duration shortest = Duration.ofMillis(inBaseUnit(min, MILLISECONDS_PER_UNIT));
        Duration longest = Duration.ofMillis(inBaseUnit(max, MILLISECONDS_PER_UNIT));
        return new SettingType<>(
                "a duration from %s to %s with its unit (ms, s, m, h or d)".formatted(min, max),
                text -> Duration.ofMillis(inBaseUnit(text, MILLISECONDS_PER_UNIT)),
                value -> shortest.compareTo(value) <= 0 && value.compareTo(longest) <= 0);
    }

    private static long inBaseUnit(String text, Map<String, Long> units) {
        Matcher number = matched(NUMBER_WITH_UNIT, text);
        Long perUnit = units.get(number.group(2).toLowerCase(Locale.ROOT));
        if (perUnit == null) {
            throw new IllegalArgumentException(text);
        }
        // 9 digits times the largest unit stay below 2^63
        return Math.multiplyExact(Long.parseLong(number.group(1)), perUnit);
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        return matcher;
    }
}
