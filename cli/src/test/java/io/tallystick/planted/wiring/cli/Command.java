package io.tallystick.planted.wiring.cli;

import io.tallystick.planted.wiring.server.app.Wiring;

/** No fault: a command may start what the wiring wires. */
record Command(Wiring wiring) {}
