package io.tallystick.formula;

/**
 * A text that is no formula.
 *
 * @param text as it was given
 * @param position where it stops making sense: index of a character (UTF-16), 0-based, the length of the text where
 *     something is missing at its end
 * @param message "Expected ..., but ..." with the position and what stood there
 */
public record Malformed(String text, int position, String message) implements Parsed {}
