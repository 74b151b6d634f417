/**
 * What every HTTP door of the house shares: who may use a path, bodies within limits, and how refusals become answers.
 *
 * <p>Owns: paths and their methods, credentials of a request, unpacking, the table of problems and their status. Does not
 * own: any path (the doors), what a document looks like ({@code server.json}), who has which key ({@code server.access}).
 *
 * <p>Doors: {@link io.tallystick.server.http.Routes}, {@link io.tallystick.server.http.Call}, {@link
 * io.tallystick.server.http.Answer}, {@link io.tallystick.server.http.Problem}; {@link
 * io.tallystick.server.http.AttentiveConnections} lets a handler notice that its client has hung up, and
 * ends connections between two requests when the server stops.
 *
 * <p>Invariants: success is always 200; an error always has a {@code message} and a {@code code}; nothing of one
 * organization is ever answered to another.
 */
@NullMarked
@Room(doors = {"document", "id", "server.access", "server.json", "server.metrics", "usage"})
package io.tallystick.server.http;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
