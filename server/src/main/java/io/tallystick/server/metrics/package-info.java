/**
 * What a machine watches: counters and durations, and the text in which Prometheus reads them.
 *
 * <p>Owns: the exposition format, histograms, and how often each route was answered how and how long it took. Does not
 * own: what is counted elsewhere ({@code usage.intake} counts measurements) or who may read it ({@code server.http}).
 *
 * <p>Doors: {@link io.tallystick.server.metrics.Requests} is told of requests, {@link
 * io.tallystick.server.metrics.Histogram} of durations, {@link io.tallystick.server.metrics.Exposition} writes.
 *
 * <p>Invariants: counters only grow; a label has a bounded number of values.
 */
@NullMarked
@Room
package io.tallystick.server.metrics;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
