package io.tallystick.server.page;

import io.tallystick.account.Account;
import io.tallystick.billing.Bill;
import io.tallystick.quantity.CurrencyRounding;

/**
 * What an invoice says.
 *
 * @param seller who bills
 * @param buyer as it was when the bill was calculated
 * @param rounding of the bill's currency, which says how many places an amount has
 */
public record Invoice(String seller, Account buyer, Bill bill, CurrencyRounding rounding) {
    public Invoice {
        if (!rounding.currency().equals(bill.currency())) {
            throw new IllegalArgumentException("Expected the rounding of %s, the currency of the bill, but was of %s."
                    .formatted(bill.currency(), rounding.currency()));
        }
    }
}
