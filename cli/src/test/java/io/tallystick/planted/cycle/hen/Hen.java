package io.tallystick.planted.cycle.hen;

import io.tallystick.planted.cycle.egg.Egg;
import java.util.List;

/** Fault: see the egg. */
public record Hen(List<Egg> eggs) {}
