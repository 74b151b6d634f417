/** A planted room. */
@NullMarked
@Room(doors = "server.app")
package io.tallystick.planted.wiring.cli;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
