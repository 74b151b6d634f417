package io.tallystick.planted.doors.idler;

/** Fault: has a door and never uses it. */
record Idler(String name) {}
