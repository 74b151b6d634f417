/**
 * Everything that can be set, and the places it is read from: flags, variables, a file, defaults.
 *
 * <p>Owns: names, units, bounds and defaults of settings ({@link io.tallystick.server.settings.KnownSettings}), from
 * which the options of {@code serve} and docs/configuration.md are made, and the words in which a fault is told. Does
 * not own: what a setting does.
 *
 * <p>Doors: {@link io.tallystick.server.settings.Settings} with its answer {@link
 * io.tallystick.server.settings.SettingsAnswer}, {@link io.tallystick.server.settings.KnownSettings}.
 *
 * <p>Invariants: what was read is within its bounds; every fault is collected before any is told; an unknown name is a
 * fault.
 */
@NullMarked
@Room
package io.tallystick.server.settings;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
