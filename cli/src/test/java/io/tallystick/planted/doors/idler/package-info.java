/** A planted room. */
@NullMarked
@Room(doors = "vault")
package io.tallystick.planted.doors.idler;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
