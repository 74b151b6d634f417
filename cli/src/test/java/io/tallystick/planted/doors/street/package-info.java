/** A planted room. */
@NullMarked
@Room
package io.tallystick.planted.doors.street;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
