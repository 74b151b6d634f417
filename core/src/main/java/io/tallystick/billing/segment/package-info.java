/**
 * Which measurements belong to which segment of an aggregation.
 *
 * <p>Owns: the rules by which a usage query tells segments apart, one set for all aggregations of a meter with the same
 * segments. Does not own: what a segment is and which is more specific ({@code catalog}), what its usage costs ({@code
 * billing}).
 *
 * <p>Doors: {@link io.tallystick.billing.segment.Partitions}.
 *
 * <p>Invariant: each measurement belongs to one share of a partition: a segment's, or that of no segment.
 */
@NullMarked
@Room(doors = {"catalog", "document", "id", "usage"})
package io.tallystick.billing.segment;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
