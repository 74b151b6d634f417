package io.tallystick.bench;

import io.tallystick.bench.measure.Latencies;
import java.time.Duration;
import java.util.BitSet;

/**
 * What became of the requests that were sent.
 *
 * @param took from the first byte sent to the last answer
 * @param acknowledged which requests were answered
 * @param latencies of these, from the first byte sent to the whole answer
 * @param accepted events that the server said it counted
 * @param duplicates events that the server said it knew
 */
record Delivery(Duration took, BitSet acknowledged, Latencies latencies, long accepted, long duplicates) {
    Delivery {
        acknowledged = (BitSet) acknowledged.clone();
    }
}
