/**
 * Statements: what stands behind the usage lines of a bill, day by day.
 *
 * <p>Owns: which days a line has and what was used on each. Does not own: the lines themselves ({@code billing}), how a statement
 * is written and fetched (an edge).
 *
 * <p>Doors: {@link io.tallystick.billing.statement.Statements} makes a {@link io.tallystick.billing.statement.Statement}.
 *
 * <p>Invariants: a statement is a pure function of its bill, read from the state of documents and usage that the bill records; where
 * a function adds up, the days of a line add up to its quantity.
 */
@NullMarked
@Room(doors = {"account", "billing", "billing.segment", "catalog", "document", "time", "usage"})
package io.tallystick.billing.statement;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
