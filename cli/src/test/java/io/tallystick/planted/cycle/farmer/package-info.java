/** A planted room. */
@NullMarked
@Room(doors = "hen")
package io.tallystick.planted.cycle.farmer;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
