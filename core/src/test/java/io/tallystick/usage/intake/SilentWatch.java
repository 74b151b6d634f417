package io.tallystick.usage.intake;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what an operator would have been told. */
public final class SilentWatch implements IntakeWatch {
    private final List<IdentityBudget.Stage> told = new CopyOnWriteArrayList<>();

    @Override
    public void blockBegins() {}

    @Override
    public void blockEnds() {}

    @Override
    public void identityBudgetEntered(IdentityBudget budget) {
        told.add(budget.stage());
    }

    List<IdentityBudget.Stage> told() {
        return told;
    }
}
