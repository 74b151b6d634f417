/** A planted room. */
@NullMarked
@Room
package io.tallystick.planted.names.price.impl;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
