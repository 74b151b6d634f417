package io.tallystick.planted.world.gadabout;

import com.tngtech.archunit.core.domain.JavaClass;
import io.tallystick.planted.world.server.Edge;

/** Fault: leans on an edge and on a library. */
record Debtor(Edge edge, JavaClass library) {}
