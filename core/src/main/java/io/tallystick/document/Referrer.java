package io.tallystick.document;

/**
 * A document that refers to another one.
 *
 * @param kind name of its kind
 * @param id its id
 * @param field the field in which it names the other
 */
public record Referrer(String kind, String id, String field) {}
