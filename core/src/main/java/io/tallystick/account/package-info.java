/**
 * Who buys, and on which terms: accounts, the plans they are on, and what an organization says for all of them.
 *
 * <p>Owns: accounts, account plans, the organization's configuration, the date before which its books are closed, and the
 * rule that an account is on at most one plan of a product at a time. Does not own: what a plan costs ({@code catalog}) and what was billed ({@code billing}).
 *
 * <p>Doors: {@link io.tallystick.account.Account}, {@link io.tallystick.account.AccountPlan}, {@link
 * io.tallystick.account.OrganizationConfig}, {@link io.tallystick.account.BillConfig}.
 *
 * <p>Invariant: an account plan that has an end ends after it starts.
 */
@NullMarked
@Room(doors = {"catalog", "document", "id", "quantity", "time"})
package io.tallystick.account;

import io.tallystick.room.Room;
import org.jspecify.annotations.NullMarked;
