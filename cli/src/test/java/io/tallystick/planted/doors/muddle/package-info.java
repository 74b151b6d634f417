/** A planted room. */
@NullMarked
@Room(doors = {"vault", "street"})
package io.tallystick.planted.doors.muddle;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
