package io.tallystick.planted.world.gadabout;

import java.util.Random;
import java.util.UUID;

/** Fault: leaves it to chance, in three ways. */
final class Gambler {
    UUID id() {
        return UUID.randomUUID();
    }

    double fraction() {
        return Math.random();
    }

    int number(Random dice) {
        return dice.nextInt(6);
    }
}
