/** A planted room. */
@NullMarked
package io.tallystick.planted.doors.roomless;

import org.jspecify.annotations.NullMarked;
