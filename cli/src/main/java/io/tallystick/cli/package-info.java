/**
 * The command line behind {@code ./tallystick}: one class for each command, and the table that {@code help} prints.
 *
 * <p>Owns: names, options and exit codes of commands (0 success, 1 failure, 2 wrong usage). Does not own: what the
 * commands do inside a server; they start one, or talk to one as a customer could.
 *
 * <p>Doors: none; {@link io.tallystick.cli.Tallystick} is started by the launcher.
 *
 * <p>Invariant: nothing of a server, and no database driver, is loaded by a command that does not need it.
 */
@NullMarked
@Room(doors = {"server.app", "server.json", "server.settings"})
package io.tallystick.cli;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
