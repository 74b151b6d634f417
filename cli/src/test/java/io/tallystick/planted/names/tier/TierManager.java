package io.tallystick.planted.names.tier;

/** Fault: manages. */
record TierManager(String name) {}
