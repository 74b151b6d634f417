package io.tallystick.usage;

/** An element as the intake decides about it: everything that does not depend on other elements is known. */
public sealed interface Decidable permits Identified, Refusal {}
