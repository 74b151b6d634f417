package io.tallystick.server.json;

/** For whom a document is read or written. */
public enum View {
    /** For clients. */
    WIRE,
    /** For the store. */
    REST
}
