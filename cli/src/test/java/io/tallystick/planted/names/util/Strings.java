package io.tallystick.planted.names.util;

/** Fault: lives in a drawer. */
record Strings(String name) {}
