package io.tallystick.billing;

import io.tallystick.time.Period;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How much each account used.
 *
 * @param quantities for each question by account number; no entry where nothing was measured
 */
record Figures(Map<Question, Map<Integer, BigDecimal>> quantities) {
    /** Accounts in one usage query, so that its answer is never cut off. */
    static final int ACCOUNTS_PER_QUERY = 100_000;

    /**
     * What was measured, if anything was. Usage that corrections have brought to 0 was measured; a count of 0, of
     * measurements or of different values, was not.
     */
    Optional<BigDecimal> measured(Question question, int account) {
        return Optional.ofNullable(quantities.getOrDefault(question, Map.of()).get(account));
    }

    /**
     * Asks everything that the terms of all accounts need: one query per meter and period, with all accounts and
     * measures in it.
     */
    static Figures gather(
            List<Assessment.Billable> accounts, UsageWatermark asOf, Function<UsageQuery, UsageAnswer> ask) {
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
        wanted.forEach((subject, parts) ->
                parts.accountBatches().forEach(batch -> read(subject, parts.measures(), batch, asOf, ask, quantities)));
        return new Figures(quantities);
    }

    private static void read(
            Subject subject,
            List<UsageQuery.Measure> measures,
            Set<Integer> accounts,
            UsageWatermark asOf,
            Function<UsageQuery, UsageAnswer> ask,
            Map<Question, Map<Integer, BigDecimal>> quantities) {
        UsageAnswer answer = ask.apply(new UsageQuery(
                subject.meter(),
                subject.period(),
                new UsageQuery.Accounts.Only(accounts),
                List.of(),
                measures,
                UsageQuery.Grouping.BY_ACCOUNT,
                Optional.of(asOf),
                ACCOUNTS_PER_QUERY));
        if (answer.truncated()) {
            throw new IllegalStateException(
                    "Expected usage of at most %d accounts of meter number %d in %s, but more came."
                            .formatted(accounts.size(), subject.meter(), subject.period()));
        }
        for (UsageAnswer.Row row : answer.rows()) {
            int account = row.account()
                    .orElseThrow(() ->
                            new IllegalStateException("Expected usage grouped by account, but a row has no account."));
            for (int i = 0; i < measures.size(); i++) {
                Question question = new Question(subject.meter(), subject.period(), measures.get(i));
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

    /** What one query is about. */
    private record Subject(int meter, Period period) {
        static Subject of(Question question) {
            return new Subject(question.meter(), question.period());
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

        List<Set<Integer>> accountBatches() {
            List<Integer> ordered = List.copyOf(accounts);
            List<Set<Integer>> batches = new ArrayList<>();
            for (int i = 0; i < ordered.size(); i += ACCOUNTS_PER_QUERY) {
                batches.add(Set.copyOf(ordered.subList(i, Math.min(ordered.size(), i + ACCOUNTS_PER_QUERY))));
            }
            return batches;
        }
    }
}
