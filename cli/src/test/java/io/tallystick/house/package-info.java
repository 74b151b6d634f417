/**
 * The tests that look at the whole house.
 *
 * <p>Owns: the rules of ARCHITECTURE.md and CONTRIBUTING.md as far as a program can check them, and the planted faults
 * that show each rule can fail. Does not own: what any room computes.
 *
 * <p>Doors: none.
 *
 * <p>Invariant: a rule without a planted fault is not finished.
 */
@NullMarked
@Room
package io.tallystick.house;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
