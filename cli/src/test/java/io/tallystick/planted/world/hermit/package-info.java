/** A planted room. */
@NullMarked
@Room
package io.tallystick.planted.world.hermit;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
