package io.tallystick.planted.doors.vault;

/** What everybody is after. */
public record Coin(int value) {}
