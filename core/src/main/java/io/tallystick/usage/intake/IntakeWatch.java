package io.tallystick.usage.intake;

/** Whom the intake tells what an operator has to know. */
public interface IntakeWatch {
    /** The memory of identities came into a higher stage; called on the intake's thread. */
    void identityBudgetEntered(IdentityBudget budget);
}
