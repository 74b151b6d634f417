/**
 * Who may come in: organizations, their access keys, and the tokens these keys are exchanged for.
 *
 * <p>Owns: making and checking credentials, and what a role may do. Does not own: where a credential stands in a request
 * (the doors) or what it opens there.
 *
 * <p>Doors: {@link io.tallystick.server.access.Access}, {@link io.tallystick.server.access.Caller}, {@link
 * io.tallystick.server.access.Role}.
 *
 * <p>Invariants: a secret is never stored, only its hash; a token is valid by its signature alone, so it needs no table
 * and outlives a restart; a key belongs to one organization.
 */
@NullMarked
@Room(doors = {"document", "id"})
package io.tallystick.server.access;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
