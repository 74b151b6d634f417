package io.tallystick.billing;

import java.util.List;

/**
 * What a job with the same order would make now.
 *
 * @param bills by account number; nothing of them is kept
 * @param parked accounts that could not be billed
 */
public record Preview(List<Bill> bills, List<Parked> parked) {
    public Preview {
        bills = List.copyOf(bills);
        parked = List.copyOf(parked);
    }
}
