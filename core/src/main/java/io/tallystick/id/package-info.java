/**
 * Names of things: typed identifiers, codes given by people, and the organization everything belongs to.
 *
 * <p>Owns: the shape of an identifier and of a code. Does not own: how identifiers are made (an edge draws them) or
 * whether one exists ({@code document} knows).
 *
 * <p>Doors: {@link io.tallystick.id.Id}, {@link io.tallystick.id.Code}, {@link io.tallystick.id.FieldCode}, {@link
 * io.tallystick.id.InvoiceNumber}, {@link io.tallystick.id.OrganizationId}.
 *
 * <p>Invariant: a value that exists is well formed; nobody has to check it again.
 */
@NullMarked
@Room
package io.tallystick.id;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
