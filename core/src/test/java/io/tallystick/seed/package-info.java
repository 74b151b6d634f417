/** Random tests that can be run again. Owns: where seeds come from and the line that reruns one. */
@NullMarked
@Room
package io.tallystick.seed;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
