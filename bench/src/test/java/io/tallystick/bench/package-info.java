/** The benchmark with few events: that it runs, and that its check would notice. */
@NullMarked
package io.tallystick.bench;

import org.jspecify.annotations.NullMarked;
