package io.tallystick.bench;

import io.tallystick.usage.intake.IdentityBudget;
import io.tallystick.usage.intake.IntakeWatch;

/** The store alone is measured, without the metrics of a server. */
final class NobodyWatches implements IntakeWatch {
    @Override
    public void blockBegins() {}

    @Override
    public void blockEnds() {}

    @Override
    public void identityBudgetEntered(IdentityBudget budget) {}
}
