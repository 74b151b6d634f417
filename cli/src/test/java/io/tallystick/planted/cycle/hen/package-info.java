/** A planted room. */
@NullMarked
@Room(doors = "egg")
package io.tallystick.planted.cycle.hen;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
