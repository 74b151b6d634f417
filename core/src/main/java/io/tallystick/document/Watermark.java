package io.tallystick.document;

/**
 * A state of all documents, opaque: every revision up to it, none after it. Stored with whatever was computed from that
 * state, so that it can be computed again.
 *
 * @param value as the store wrote it; compare with {@link #covers} only
 */
public record Watermark(long value) {
    public boolean covers(Watermark other) {
        return value >= other.value;
    }
}
