package io.tallystick.planted.world.gadabout;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/** Fault: reads the clock, in three ways. */
final class Clockwatcher {
    private final Clock clock;

    Clockwatcher(Clock clock) {
        this.clock = clock;
    }

    Instant given() {
        return clock.instant();
    }

    @SuppressWarnings("TimeZoneUsage") // the fault that is planted here
    Supplier<Instant> referred() {
        return Instant::now;
    }

    long counted() {
        return System.currentTimeMillis();
    }
}
