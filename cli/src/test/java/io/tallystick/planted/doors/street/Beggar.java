package io.tallystick.planted.doors.street;

/** Somebody whom only the muddle knows. */
public record Beggar(String name) {}
