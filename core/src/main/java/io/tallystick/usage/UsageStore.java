package io.tallystick.usage;

/**
 * Where measurements are kept and questions about them are answered. Port; {@code UsageStoreContract} says what every
 * adapter must do.
 *
 * <p>Safe for use by many threads.
 */
public interface UsageStore extends AutoCloseable {
    /** The present state: a question as of it sees everything that was acknowledged until now. */
    UsageWatermark watermark();

    /** Answers one question; blocks until it is answered. */
    UsageAnswer ask(UsageQuery query);

    @Override
    void close();
}
