package io.tallystick.document;

import io.tallystick.id.Id;

/**
 * What a living document says for one of its keys, without the document.
 *
 * @param number of the document
 * @param text the value
 * @param <T> what the document holds
 */
public record Card<T>(Id<T> id, int number, String text) {}
