/** A planted room. */
@NullMarked
@Room(doors = "server.app")
package io.tallystick.planted.wiring.server.api;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
