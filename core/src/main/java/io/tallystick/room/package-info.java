/** The annotation by which a package says which rooms it may use. Owns nothing else and imports nothing. */
@NullMarked
@Room
package io.tallystick.room;

import org.jspecify.annotations.NullMarked;
