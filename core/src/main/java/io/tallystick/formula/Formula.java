package io.tallystick.formula;

/** A calculation, parsed. */
public record Formula(String text) {}
