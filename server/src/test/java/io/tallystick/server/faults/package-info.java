/**
 * The seeded simulation of faults: rounds of random measurements against a real server that is killed, stopped and cut
 * off, each followed by a comparison of everything it says with a list of all that was sent.
 *
 * <p>Owns: what a round does ({@link io.tallystick.server.faults.Script}, drawn from a seed), the clients that send it,
 * what they were told ({@link io.tallystick.server.faults.Ledger}), what must follow from it and what the server says,
 * the command {@code simulate-faults}, and planted bugs that the simulation has to find. Does not own: what a request or
 * a question looks like on the wire, which is the proof's {@link io.tallystick.server.proof.Client}.
 */
@NullMarked
@Room
package io.tallystick.server.faults;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
