package io.tallystick.planted.doors.loose;

/** Fault: its package does not say that it has no nulls. */
record Loose(String name) {}
