/** A planted room. */
@NullMarked
@Room
package io.tallystick.planted.names.util;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
