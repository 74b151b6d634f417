/**
 * Golden bills: cases in text files that a finance person can read, each played over HTTP and compared line by line.
 * Owns: the little language of the files, how a bill is printed, and the check that every line can be reckoned again by
 * hand, from the bill and from the measurements it opens to. Does not own: why an amount is right; that is for the reader of the file, who needs no more than a pencil.
 */
@NullMarked
@Room
package io.tallystick.server.golden;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
