package io.tallystick.planted.doors.roomless;

/** Fault: its package is no room. */
record Roomless(String name) {}
