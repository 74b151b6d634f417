package io.tallystick.planted.doors.bare;

/** Fault: its package says nothing. */
record Bare(String name) {}
