/** A planted room. */
@NullMarked
@Room
package io.tallystick.planted.names.tier;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
