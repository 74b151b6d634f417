package io.tallystick.planted.names.tier;

/** No fault: somebody who does not pay. */
record Defaulter(String name) {}
