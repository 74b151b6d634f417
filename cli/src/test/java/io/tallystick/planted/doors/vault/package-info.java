/** A planted room. */
@NullMarked
@Room
package io.tallystick.planted.doors.vault;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
