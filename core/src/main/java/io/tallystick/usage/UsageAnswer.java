package io.tallystick.usage;

import io.tallystick.id.OrganizationId;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The answer to a {@link UsageQuery}.
 *
 * @param rows as {@link UsageQuery#order} says; groups without a measurement have no row
 * @param truncated whether there were more rows than the query's limit
 * @param watermark the state it was answered from
 */
public record UsageAnswer(List<Row> rows, boolean truncated, UsageWatermark watermark) {
    public UsageAnswer {
        rows = List.copyOf(rows);
    }

    /**
     * One group.
     *
     * @param account its number, where grouped by account
     * @param texts the values of the text fields grouped by, in their order; empty where a measurement has none
     * @param bucketStart first instant of its bucket, where grouped by time
     * @param rule index of the first rule that fits its measurements, where grouped by rules; empty where none fits
     * @param values one per measure, exact and plain; empty where no measurement of the group carries the field (COUNT
     *     and UNIQUE are 0 then)
     * @param measurements how many measurements stand behind it
     */
    public record Row(
            OptionalInt account,
            List<Optional<String>> texts,
            Optional<Instant> bucketStart,
            OptionalInt rule,
            List<Optional<BigDecimal>> values,
            long measurements) {
        public Row {
            texts = List.copyOf(texts);
            values = List.copyOf(values);
        }

        /** One that is not grouped by rules. */
        public Row(
                OptionalInt account,
                List<Optional<String>> texts,
                Optional<Instant> bucketStart,
                List<Optional<BigDecimal>> values,
                long measurements) {
            this(account, texts, bucketStart, OptionalInt.empty(), values, measurements);
        }
    }

    /**
     * What stands behind the answer to one question.
     *
     * @param rowsScanned rows that had to be looked at; parts of the tables that the period rules out are skipped
     * @param measurements how many of them counted, voided ones left out
     * @param refusals how many elements of the same period were refused, by reason. One whose meter, account or time could not
     *     be read, or whose meter does not exist, may have been meant for the question, and is among them; without a time, the
     *     time it was received is taken
     * @param conflicts how many measurements of the same meters, accounts and period were not counted, because their identity
     *     was known with other content
     */
    public record Evidence(long rowsScanned, long measurements, Map<Refusal.Reason, Long> refusals, long conflicts) {
        public Evidence {
            refusals = Map.copyOf(refusals);
        }

        /**
         * Asks for what stands behind the answer to one question.
         *
         * @param organization whose refusals and conflicts
         * @param meters that the question was about
         * @param period of the question
         * @param accounts of the question
         * @param accountCodes what these accounts are called, where the question names them: a refusal has no number
         * @param asOf the state that the question was answered from
         */
        public record Query(
                OrganizationId organization,
                List<Subject> meters,
                Period period,
                UsageQuery.Accounts accounts,
                Optional<Set<String>> accountCodes,
                UsageWatermark asOf) {
            public Query {
                meters = List.copyOf(meters);
                accountCodes = accountCodes.map(Set::copyOf);
            }
        }

        /**
         * One meter of the question.
         *
         * @param meter number of its document
         * @param code what a refusal calls it
         * @param filters that applied to it
         */
        public record Subject(int meter, String code, List<UsageQuery.TextFilter> filters) {
            public Subject {
                filters = List.copyOf(filters);
            }
        }
    }
}
