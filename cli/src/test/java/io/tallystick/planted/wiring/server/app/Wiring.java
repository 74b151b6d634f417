package io.tallystick.planted.wiring.server.app;

/** Knows everybody. */
public record Wiring(String name) {}
