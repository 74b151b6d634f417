package io.tallystick.usage;

/**
 * A state of all usage, opaque: every commit up to it, none after it. Stored with whatever was computed from that
 * state, so that it can be computed again.
 *
 * @param value as the store wrote it; nobody but the store reads it
 */
public record UsageWatermark(String value) {}
