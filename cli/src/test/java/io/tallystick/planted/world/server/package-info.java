/** A planted room. */
@NullMarked
@Room
package io.tallystick.planted.world.server;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
