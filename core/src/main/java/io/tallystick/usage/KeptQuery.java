package io.tallystick.usage;

import io.tallystick.id.OrganizationId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A page of what was kept beside what counts, the latest first.
 *
 * @param filter whether refusals, conflicts or corrections are asked for, and which
 * @param eventTime only what has an event time in it, where it has an edge
 * @param receivedAt only what was received in it, a correction itself too, where it has an edge
 * @param asOf only what had been committed then; pass the first page's watermark with every further page, so that what
 *     arrives meanwhile moves nothing
 * @param after where the page before ended; absent: from the latest
 * @param limit at most so many, 1 to {@link #LIMIT_MAX}
 */
public record KeptQuery<F extends KeptQuery.Filter>(
        OrganizationId organization,
        F filter,
        Span eventTime,
        Span receivedAt,
        Optional<UsageWatermark> asOf,
        Optional<Place> after,
        int limit) {
    public static final int LIMIT_MAX = 1000;

    public KeptQuery {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("Expected a limit of 1 to %d, but was %d.".formatted(LIMIT_MAX, limit));
        }
    }

    /** The first page of everything that passes the filter now. */
    public static <F extends Filter> KeptQuery<F> latest(OrganizationId organization, F filter, int limit) {
        return new KeptQuery<>(
                organization, filter, Span.ALWAYS, Span.ALWAYS, Optional.empty(), Optional.empty(), limit);
    }

    /**
     * By what one refusal or conflict is named, for ever: where it stands among all of its sort.
     *
     * @param commit number of its commit
     * @param position among those of its sort in its commit, from 0
     */
    public record Place(long commit, int position) {}

    /**
     * A stretch of time, half-open, of which either edge may be missing.
     *
     * @param from absent: since ever
     * @param to absent: for ever
     */
    public record Span(Optional<Instant> from, Optional<Instant> to) {
        public static final Span ALWAYS = new Span(Optional.empty(), Optional.empty());
    }

    /** Which ones; an empty set stands for all. */
    public sealed interface Filter {
        /** Which refusals, by what was sent. */
        record OfRefusals(
                Set<Place> places, State state, Set<Refusal.Reason> reasons, Set<String> meters, Set<String> accounts)
                implements Filter {
            /** Every refusal, whatever became of it. */
            public static final OfRefusals ALL = new OfRefusals(Set.of(), State.ANY, Set.of(), Set.of(), Set.of());

            public OfRefusals {
                places = Set.copyOf(places);
                reasons = Set.copyOf(reasons);
                meters = Set.copyOf(meters);
                accounts = Set.copyOf(accounts);
            }
        }

        /** Which conflicts, by numbers of documents. */
        record OfConflicts(Set<Place> places, Set<Integer> meters, Set<Integer> accounts) implements Filter {
            public static final OfConflicts ALL = new OfConflicts(Set.of(), Set.of(), Set.of());

            public OfConflicts {
                places = Set.copyOf(places);
                meters = Set.copyOf(meters);
                accounts = Set.copyOf(accounts);
            }
        }

        /** Which corrections, by numbers of documents that either side speaks of; event times are those before them. */
        record OfCorrections(Set<Place> places, Set<Integer> meters, Set<Integer> accounts) implements Filter {
            public static final OfCorrections ALL = new OfCorrections(Set.of(), Set.of(), Set.of());

            public OfCorrections {
                places = Set.copyOf(places);
                meters = Set.copyOf(meters);
                accounts = Set.copyOf(accounts);
            }
        }
    }

    /** What became of a refusal since. */
    public enum State {
        /** Nothing: it waits for somebody who mends the cause. */
        OPEN,
        /** It was sent again by a retry, and something came of it. */
        RESENT,
        /** Either. */
        ANY
    }
}
