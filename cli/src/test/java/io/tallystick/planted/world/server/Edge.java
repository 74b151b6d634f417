package io.tallystick.planted.world.server;

import java.nio.file.Path;

/** No fault: an edge may have an outside. */
public record Edge(Path disk) {}
