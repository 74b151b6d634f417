package io.tallystick.planted.names.tier;

/** Fault: a word that fits anything. */
record AbstractTier(String name) {}
