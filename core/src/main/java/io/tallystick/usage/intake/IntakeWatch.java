package io.tallystick.usage.intake;

/** Whom the intake tells what an operator has to know. */
public interface IntakeWatch {
    /** A block is about to be decided and committed; called on the intake's thread. */
    void blockBegins();

    /** The block was committed, or failed, and its requests are about to be answered. */
    void blockEnds();

    /** The memory of identities came into a higher stage; called on the intake's thread. */
    void identityBudgetEntered(IdentityBudget budget);
}
