/**
 * The promises about money, held against a whole server from outside: over HTTP, in process and as a process that is
 * killed. Owns: worlds drawn at random, deliveries of the same measurements in other ways, and an oracle that bills by
 * naive arithmetic. Does not own: what single rooms and doors do, which their own tests say.
 */
@NullMarked
@Room
package io.tallystick.server.proof;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
