package io.tallystick.billing;

import io.tallystick.billing.Terms.Assessment;
import io.tallystick.billing.segment.Partition;
import io.tallystick.billing.segment.Partitions;
import io.tallystick.time.Period;
import io.tallystick.usage.TextRule;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How much each account used.
 *
 * @param quantities for each question by account number; no entry where nothing was measured
 */
record Figures(Map<Question, Map<Integer, BigDecimal>> quantities) {
    /** Rows of one answer: it asks about so few accounts that it is never cut off. */
    static final int ROWS_PER_QUERY = 100_000;

    /**
     * What was measured, if anything was. Usage that corrections have brought to 0 was measured; a count of 0, of
     * measurements or of different values, was not.
     */
    Optional<BigDecimal> measured(Question question, int account) {
        return Optional.ofNullable(quantities.getOrDefault(question, Map.of()).get(account));
    }

    /**
     * Asks everything that the terms of all accounts need: one query per meter and period, with all accounts and
     * measures in it; one more per partition of the meter, because a function of a whole segment cannot be had from its
     * parts.
     */
    static Figures gather(
            List<Assessment.Billable> accounts,
            Partitions partitions,
            UsageWatermark asOf,
            Function<UsageQuery, UsageAnswer> ask) {
        Map<Subject, Wanted> wanted = new LinkedHashMap<>();
        for (Assessment.Billable account : accounts) {
            for (PlanTerms plan : account.plans()) {
                plan.stretches().stream()
                        .flatMap(stretch -> stretch.questions().stream())
                        .forEach(question -> wanted.computeIfAbsent(Subject.of(question), _ -> new Wanted())
                                .add(question, account.account().number()));
            }
        }
        Map<Question, Map<Integer, BigDecimal>> quantities = new HashMap<>();
        wanted.forEach((subject, parts) -> {
            List<TextRule> rules = subject.rules(partitions);
            for (Set<Integer> batch : parts.accountBatches(rules.size() + 1)) {
                UsageAnswer answer = ask.apply(new UsageQuery(
                        subject.meter(),
                        subject.period(),
                        new UsageQuery.Accounts.Only(batch),
                        List.of(),
                        parts.measures(),
                        new UsageQuery.Grouping(true, List.of(), List.of(), rules),
                        Optional.of(asOf),
                        ROWS_PER_QUERY));
                read(subject, parts.measures(), batch, answer, quantities);
            }
        });
        return new Figures(quantities);
    }

    private static void read(
            Subject subject,
            List<UsageQuery.Measure> measures,
            Set<Integer> accounts,
            UsageAnswer answer,
            Map<Question, Map<Integer, BigDecimal>> quantities) {
        if (answer.truncated()) {
            throw new IllegalStateException(
                    "Expected usage of at most %d accounts of meter number %d in %s, but more came."
                            .formatted(accounts.size(), subject.meter(), subject.period()));
        }
        for (UsageAnswer.Row row : answer.rows()) {
            int account = row.account()
                    .orElseThrow(() ->
                            new IllegalStateException("Expected usage grouped by account, but a row has no account."));
            Optional<Partition.Share> share = subject.share(row);
            for (int i = 0; i < measures.size(); i++) {
                Question question = new Question(subject.meter(), subject.period(), measures.get(i), share);
                row.values()
                        .get(i)
                        .filter(quantity -> quantity.signum() != 0 || !isCount(question))
                        .ifPresent(quantity -> quantities
                                .computeIfAbsent(question, _ -> new HashMap<>())
                                .put(account, quantity));
            }
        }
    }

    private static boolean isCount(Question question) {
        return switch (question.measure().function()) {
            case COUNT, UNIQUE -> true;
            case SUM, MIN, MAX, LATEST, MEAN -> false;
        };
    }

    /**
     * What one query is about.
     *
     * @param partition number of the partition whose shares it tells apart; absent: none
     */
    private record Subject(int meter, Period period, OptionalInt partition) {
        static Subject of(Question question) {
            return new Subject(
                    question.meter(),
                    question.period(),
                    question.share()
                            .map(share -> OptionalInt.of(share.partition()))
                            .orElseGet(OptionalInt::empty));
        }

        List<TextRule> rules(Partitions partitions) {
            return partition.isPresent() ? partitions.at(partition.getAsInt()).rules() : List.of();
        }

        Optional<Partition.Share> share(UsageAnswer.Row row) {
            return partition.isPresent()
                    ? Optional.of(new Partition.Share(partition.getAsInt(), row.rule()))
                    : Optional.empty();
        }
    }

    /** What one query has to answer. */
    private record Wanted(Set<UsageQuery.Measure> distinctMeasures, TreeSet<Integer> accounts) {
        Wanted() {
            this(new LinkedHashSet<>(), new TreeSet<>());
        }

        void add(Question question, int account) {
            distinctMeasures.add(question.measure());
            accounts.add(account);
        }

        List<UsageQuery.Measure> measures() {
            return List.copyOf(distinctMeasures);
        }

        List<Set<Integer>> accountBatches(int rowsPerAccount) {
            int size = ROWS_PER_QUERY / rowsPerAccount;
            List<Integer> ordered = List.copyOf(accounts);
            List<Set<Integer>> batches = new ArrayList<>();
            for (int i = 0; i < ordered.size(); i += size) {
                batches.add(Set.copyOf(ordered.subList(i, Math.min(ordered.size(), i + size))));
            }
            return batches;
        }
    }

    /**
     * How much of a field was used in a period, by each account.
     *
     * @param meter number of the meter's document
     * @param share which of the measurements count; absent: all
     */
    record Question(int meter, Period period, UsageQuery.Measure measure, Optional<Partition.Share> share) {
        /** The same about the time from a start until its own period; absent where that is no time at all. */
        Optional<Question> before(Instant start) {
            return start.isBefore(period.from())
                    ? Optional.of(new Question(meter, new Period(start, period.from()), measure, share))
                    : Optional.empty();
        }
    }
}
