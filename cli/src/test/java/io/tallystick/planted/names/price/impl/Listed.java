package io.tallystick.planted.names.price.impl;

/** Fault: lives in a drawer. */
record Listed(String name) {}
