package io.tallystick.planted.cycle.egg;

import io.tallystick.planted.cycle.hen.Hen;

/** Fault: comes from a hen that comes from an egg. */
public record Egg(Hen mother) {}
