package io.tallystick.planted.doors.muddle;

import io.tallystick.planted.doors.street.Beggar;
import io.tallystick.planted.doors.vault.Coin;

/** Fault: its doors are in no order. */
record Muddle(Coin coin, Beggar beggar) {}
