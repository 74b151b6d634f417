package io.tallystick.usage;

import io.tallystick.id.OrganizationId;
import java.util.List;

/**
 * Where measurements are kept and questions about them are answered. Port; {@code UsageStoreContract} says what every
 * adapter must do.
 *
 * <p>Questions may be asked by many threads. What writes or rebuilds ({@link #append}, {@link #identities},
 * {@link #reopen}) is called by one thread, the intake's.
 */
public interface UsageStore extends AutoCloseable {
    /** The present state: a question as of it sees everything that was acknowledged until now. */
    UsageWatermark watermark();

    /**
     * Answers one question; blocks until it is answered.
     *
     * @throws QuestionFailedException where there is no answer: too slow, too many questions, no such watermark
     */
    UsageAnswer ask(UsageQuery query);

    /**
     * Reads a page of measurements; blocks until it is read.
     *
     * @throws QuestionFailedException as {@link #ask}
     */
    StoredMeasurement.Page measurements(MeasurementQuery query);

    /**
     * Refused elements of an organization, the latest first.
     *
     * @param limit at most so many
     * @throws QuestionFailedException as {@link #ask}
     */
    List<Refusal> refusals(OrganizationId organization, int limit);

    /**
     * Measurements whose identity was taken by other content, the latest first.
     *
     * @param limit at most so many
     * @throws QuestionFailedException as {@link #ask}
     */
    List<Conflict> conflicts(OrganizationId organization, int limit);

    /** Writes a block in one transaction: when this returns {@link Commit.Done}, it is on disk and counts. */
    Commit append(Block block);

    /** The hash of identities, with this store's secret key; the same for ever. */
    IdentityHash identityHash();

    /** Shows every accepted identity. */
    void identities(IdentityVisitor visitor);

    /**
     * Throws away whatever an unknown outcome left in memory and starts again from the disk.
     *
     * @throws UsageUnavailable where the disk still fails; the call may be repeated
     */
    void reopen();

    @Override
    void close();

    /** Is shown every identity of a store. */
    @FunctionalInterface
    interface IdentityVisitor {
        /**
         * One accepted identity.
         *
         * @param high first 64 bits of its hash
         * @param low last 64 bits of its hash
         */
        void visit(long high, long low, int contentHash);
    }

    /** How an append ended. */
    sealed interface Commit {
        /**
         * All of the block is on disk and counts.
         *
         * @param watermark a state that contains it
         */
        record Done(UsageWatermark watermark) implements Commit {}

        /**
         * All of the block is on disk, or nothing of it, and we cannot know. The store answers nothing more until it is
         * reopened.
         *
         * @param text what happened, for the operator
         */
        record Unknown(String text) implements Commit {}
    }
}
