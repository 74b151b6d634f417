/**
 * What an organization says for all its accounts, over HTTP.
 *
 * <p>Owns: {@code /organizationconfig}, which is there before anybody has set it. Does not own: what it means for bills
 * ({@code account}, {@code billing}) or how it looks ({@code server.json}).
 *
 * <p>Doors: {@link io.tallystick.server.api.organization.OrganizationConfigDoor}.
 *
 * <p>Invariant: asking for the defaults stores nothing.
 */
@NullMarked
@Room(doors = {"account", "billing.approval", "document", "id", "server.api.resource", "server.http", "server.json"})
package io.tallystick.server.api.organization;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
