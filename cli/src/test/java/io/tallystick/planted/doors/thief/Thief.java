package io.tallystick.planted.doors.thief;

import io.tallystick.planted.doors.vault.Coin;

/** Fault: imports a room that is not among its doors. */
record Thief(Coin loot) {}
