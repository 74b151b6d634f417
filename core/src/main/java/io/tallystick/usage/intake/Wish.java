package io.tallystick.usage.intake;

import io.tallystick.usage.Correction;
import io.tallystick.usage.Identified;
import io.tallystick.usage.correction.Change;
import java.util.Optional;

/**
 * A change as the writer needs it, made on the thread of its request.
 *
 * @param amended what is to count, where something is
 */
record Wish(Change change, Correction.Target target, Optional<Identified> amended) {}
