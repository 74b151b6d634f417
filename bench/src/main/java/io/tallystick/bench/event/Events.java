package io.tallystick.bench.event;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * An endless sequence of events, each a function of its place: nothing is kept, and two readers see the same. Of a hundred
 * places the last repeats an event from anywhere before it, so that 1 % of what is sent are duplicates.
 *
 * @param seed another one gives other events
 * @param meters that the events are of, in turn: every batch of so many has all of them
 * @param accounts that the events are of, at random
 */
public record Events(long seed, int meters, int accounts) {
    public static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
    public static final Instant TO = Instant.parse("2025-02-01T00:00:00Z");
    public static final int ACCOUNTS = 10_000;

    private static final int DUPLICATE_EVERY = 100;
    private static final long MONTH_MILLIS = Duration.between(FROM, TO).toMillis();
    private static final int MEMORY_MAX = 6_400;
    private static final int TIME_MAX = 900_000;
    private static final int REGIONS = 20;
    private static final int PRODUCTS = 200;
    private static final int USERS = 50_000;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_2 = 1L << 63;

    /** How many different events the first places hold. */
    public static long distinct(long places) {
        return places - places / DUPLICATE_EVERY;
    }

    /** The event that is sent at a place, from 0. */
    public Event at(long place) {
        if (place % DUPLICATE_EVERY != DUPLICATE_EVERY - 1) {
            return event(distinct(place));
        }
        long earlier = Long.remainderUnsigned(mix(seed ^ ~place), place);
        return event(distinct(earlier - (earlier % DUPLICATE_EVERY == DUPLICATE_EVERY - 1 ? 1 : 0)));
    }

    /** The n-th of the different events, from 0. */
    public Event event(long number) {
        long first = mix(seed * 0x9E3779B97F4A7C15L + number);
        long second = mix(first);
        long third = mix(second);
        long fourth = mix(third);
        return new Event(
                new UUID((first & ~0xF000L) | VERSION_4, (second >>> 2) | VARIANT_2),
                (int) (number % meters),
                below(accounts, third),
                FROM.toEpochMilli() + Long.remainderUnsigned(fourth, MONTH_MILLIS),
                1 + below(MEMORY_MAX, third >>> 32),
                1 + below(TIME_MAX, mix(fourth)),
                below(REGIONS, fourth >>> 40),
                below(PRODUCTS, second >>> 32),
                below(USERS, first >>> 20));
    }

    private static int below(int bound, long random) {
        return (int) Long.remainderUnsigned(random, bound);
    }

    /** SplitMix64's finisher: neighbouring places give unlike events. */
    private static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
