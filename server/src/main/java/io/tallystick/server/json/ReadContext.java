package io.tallystick.server.json;

import java.util.function.Supplier;

/**
 * What goes along when a body is read.
 *
 * @param faults where to put what is wrong
 * @param ids draws identifiers for parts that have none yet
 * @param view whose text it is
 */
record ReadContext(Faults faults, Supplier<String> ids, View view) {}
