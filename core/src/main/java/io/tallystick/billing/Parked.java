package io.tallystick.billing;

import io.tallystick.account.Account;
import io.tallystick.id.Id;
import io.tallystick.quantity.Decimals;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An account that a job could not bill, while it went on with the others.
 *
 * @param reason what has to be put right, for the people who read the job
 */
public record Parked(Id<Account> account, String reason) {
    /**
     * An account whose bill nobody could read back: an amount that has more digits before the point than any number of the
     * house may have. It is never cut down.
     */
    static Optional<Parked> beyondLimits(Bill bill) {
        return Stream.concat(
                        bill.lines().stream()
                                .filter(line -> isBeyondLimits(line.convertedSubtotal()))
                                .map(line -> "the line \"%s\" for %s comes to %s"
                                        .formatted(
                                                line.description(),
                                                line.servicePeriod(),
                                                line.convertedSubtotal().toPlainString())),
                        Stream.of(bill.total())
                                .filter(Parked::isBeyondLimits)
                                .map(total -> "its lines add up to " + total.toPlainString()))
                .findFirst()
                .map(what -> new Parked(
                        bill.account(),
                        "Expected amounts of at most %d digits before the point on the bill of account %s for %s, but %s %s. Look at its usage and prices."
                                .formatted(
                                        Decimals.MAX_INTEGER_DIGITS,
                                        bill.accountCode(),
                                        bill.period(),
                                        what,
                                        bill.currency())));
    }

    private static boolean isBeyondLimits(BigDecimal amount) {
        return amount.precision() - amount.scale() > Decimals.MAX_INTEGER_DIGITS;
    }
}
