package io.tallystick.planted.cycle.farmer;

import io.tallystick.planted.cycle.hen.Hen;

/** No fault: looks at a cycle and is not in it. */
record Farmer(Hen favourite) {}
