package io.tallystick.planted.names.tier;

/** No fault: a verb of the domain. */
record Servicing(String name) {}
