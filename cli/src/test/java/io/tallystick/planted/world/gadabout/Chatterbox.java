package io.tallystick.planted.world.gadabout;

import java.util.logging.Logger;

/** Fault: speaks of its work. */
final class Chatterbox {
    void log(Logger log) {
        log.info("done");
    }

    void print() {
        System.out.println("done");
    }
}
