package io.tallystick.usage.correction;

import io.tallystick.usage.Correction.Last;
import io.tallystick.usage.Measurement;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What becomes of a wish, decided from what was last said under its uid.
 *
 * @param outcome for whoever wished
 * @param corrects what is to be corrected; absent: nothing
 */
public record Decision(Outcome outcome, Optional<Last> corrects) {
    /**
     * Decides.
     *
     * @param last what was last said; absent: nothing, ever
     */
    public static Decision of(Change change, Optional<Last> last) {
        return last.map(known -> switch (change) {
                    case Change.Voiding(var _, int meter, OptionalInt account) -> voiding(meter, account, known);
                    case Change.Amendment(var _, Measurement measurement) -> amending(measurement, known);
                })
                .orElseGet(() -> nothing(new Outcome.Unknown()));
    }

    private static Decision voiding(int meter, OptionalInt account, Last last) {
        if (meter != last.meter()) {
            return nothing(new Outcome.OfOtherMeter(last.meter()));
        }
        if (account.isPresent() && account.getAsInt() != last.account()) {
            return nothing(new Outcome.OfOtherAccount(last.account()));
        }
        return last.isCounted()
                ? new Decision(new Outcome.Voided(), Optional.of(last))
                : nothing(new Outcome.AlreadyVoided());
    }

    private static Decision amending(Measurement measurement, Last last) {
        if (!last.isCounted()) {
            return new Decision(new Outcome.Reinstated(), Optional.of(last));
        }
        return measurement.contentHash() == last.contentHash()
                ? nothing(new Outcome.Unchanged())
                : new Decision(new Outcome.Amended(), Optional.of(last));
    }

    private static Decision nothing(Outcome outcome) {
        return new Decision(outcome, Optional.empty());
    }
}
