package io.tallystick.planted.names.tier;

/** No fault: one word. */
record Metadata(String name) {}
