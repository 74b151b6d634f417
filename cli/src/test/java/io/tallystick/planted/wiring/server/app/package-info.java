/** A planted room. */
@NullMarked
@Room
package io.tallystick.planted.wiring.server.app;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
