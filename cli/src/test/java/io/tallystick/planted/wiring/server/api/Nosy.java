package io.tallystick.planted.wiring.server.api;

import io.tallystick.planted.wiring.server.app.Wiring;

/** Fault: a door that knows the wiring. */
record Nosy(Wiring wiring) {}
