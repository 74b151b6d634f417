package io.tallystick.billing;

import io.tallystick.account.Account;
import io.tallystick.id.Id;

/**
 * An account that a job could not bill, while it went on with the others.
 *
 * @param reason what has to be put right, for the people who read the job
 */
public record Parked(Id<Account> account, String reason) {}
