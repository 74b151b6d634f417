package io.tallystick.usage;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Where measurements are kept and questions about them are answered. Port; {@code UsageStoreContract} says what every
 * adapter must do.
 *
 * <p>Questions may be asked by many threads. A thread that is interrupted while it waits for an answer has its question
 * ended and gets a {@link QuestionFailedException}. What writes or rebuilds ({@link #append}, {@link #settled}, {@link #last},
 * {@link #identities}, {@link #reopen}) is called by one thread, the intake's.
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
     * Accounts of which something counts in one state and not in another: it came in between, or was voided. Blocks until it
     * is answered; what was there before the states is not looked at.
     *
     * @param meter number of its document
     * @param before only what happened before it
     * @param since the earliest of these states; at least one
     * @param until the other state
     * @return their numbers
     * @throws QuestionFailedException as {@link #ask}
     */
    Set<Integer> changed(int meter, Instant before, Set<UsageWatermark> since, UsageWatermark until);

    /**
     * Reads a page of measurements; blocks until it is read.
     *
     * @throws QuestionFailedException as {@link #ask}
     */
    StoredMeasurement.Page measurements(MeasurementQuery query);

    /**
     * What stands behind the answer to a question; blocks until it is counted.
     *
     * @throws QuestionFailedException as {@link #ask}
     */
    UsageAnswer.Evidence evidence(UsageAnswer.Evidence.Query query);

    /**
     * Reads a page of refused elements; blocks until it is read. A page may be shorter than its limit where payloads are
     * long.
     *
     * @throws QuestionFailedException as {@link #ask}
     */
    KeptRefusal.Page refusals(KeptQuery<KeptQuery.Filter.OfRefusals> query);

    /**
     * Reads a page of measurements whose identity was taken by other content; blocks until it is read.
     *
     * @throws QuestionFailedException as {@link #ask}
     */
    Conflict.Page conflicts(KeptQuery<KeptQuery.Filter.OfConflicts> query);

    /**
     * Those of these refusals that have ended: what they refused was sent again and came to something.
     *
     * @throws IllegalStateException where the disk fails
     */
    Set<KeptQuery.Place> settled(Set<KeptQuery.Place> refusals);

    /**
     * Reads a page of what was voided or amended; blocks until it is read.
     *
     * @throws QuestionFailedException as {@link #ask}
     */
    Correction.Page corrections(KeptQuery<KeptQuery.Filter.OfCorrections> query);

    /**
     * What was last said under each of these uids; nothing of one under which nothing was counted ever.
     *
     * @throws IllegalStateException where the disk fails
     */
    Map<Correction.Target, Correction.Last> last(Set<Correction.Target> targets);

    /** Writes a block in one transaction: when this returns {@link Commit.Done}, it is on disk and counts. */
    Commit append(Block block);

    /** The hash of identities, with this store's secret key; the same for ever. */
    IdentityHash identityHash();

    /**
     * Works out ahead what the writer would have to, on the thread of a request, and so for many measurements at once. May
     * be called by many threads, and changes nothing: a measurement is written the same with it and without.
     */
    Encoded encoded(Measurement measurement);

    /** Says how many accepted identities there are, and shows each of them once, with what counts under it. */
    void identities(IdentityVisitor visitor);

    /**
     * Throws away whatever an unknown outcome left in memory and starts again from the disk.
     *
     * @throws Unavailable where the disk still fails; the call may be repeated
     */
    void reopen();

    @Override
    void close();

    /** What a store has worked out about one measurement: its own affair. */
    interface Encoded {
        /** Nothing was worked out. */
        Encoded NOTHING = new Encoded() {};
    }

    /** Is shown every identity of a store. */
    @FunctionalInterface
    interface IdentityVisitor {
        /** So many will be shown: for who can make use of that. */
        default void expect(long count) {}

        /**
         * One accepted identity.
         *
         * @param high first 64 bits of its hash
         * @param low last 64 bits of its hash
         * @param contentHash of what counts under it, or {@link Correction#VOIDED}
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

    /**
     * The store cannot be opened at present: disk full, file read-only or damaged, in use by somebody else, or of another
     * version. What was acknowledged is where it was.
     *
     * <p>The message is for the operator: file, cause and what to do. It names no measurement.
     */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String operatorText) {
            super(operatorText);
        }

        public Unavailable(String operatorText, Throwable cause) {
            super(operatorText, cause);
        }
    }
}
