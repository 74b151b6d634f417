/** A planted room. */
@Room
package io.tallystick.planted.doors.loose;

import io.tallystick.room.Room;
