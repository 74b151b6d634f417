package io.tallystick.formula;

/** What became of a formula's text: a {@link Formula}, or {@link Malformed} with the place where it stops making sense. */
public sealed interface Parsed permits Formula, Malformed {}
