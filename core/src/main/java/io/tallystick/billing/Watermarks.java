package io.tallystick.billing;

import io.tallystick.document.Watermark;
import io.tallystick.usage.UsageWatermark;

/**
 * The state of the world a bill was computed from. What is computed again from it is the same, to the digit.
 *
 * @param documents terms, prices and accounts, as they stood
 * @param usage measurements, as they stood; taken after {@code documents}
 */
public record Watermarks(Watermark documents, UsageWatermark usage) {}
