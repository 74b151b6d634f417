package io.tallystick.bench;

import io.tallystick.bench.event.Event;
import io.tallystick.bench.event.Events;
import io.tallystick.bench.event.PriceList;
import io.tallystick.bench.event.Tally;
import io.tallystick.bench.measure.Latencies;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Bill jobs over many accounts with three prices each: the first, one with nothing to change, and one after late usage.
 * After each of them every bill is held against the benchmark's own arithmetic.
 */
record BillsPart(Plan plan, Report report) {
    private static final int MEASUREMENTS_PER_ACCOUNT = 500;
    /** More would measure the intake: accounts above it have fewer measurements each. */
    private static final int MEASUREMENTS_MAX = 10_000_000;
    /** Larger jobs are reported, not compared, so that once is enough. */
    private static final int REPEATED_MAX = 20_000;

    private static final int LATE_SHARE = 100;
    private static final int PAGE = 200;
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int GOAL_ACCOUNTS = 10_000;
    private static final String NO_GOAL = "-";

    void run() throws IOException, InterruptedException {
        Map<Integer, List<Jobs>> sizes = new LinkedHashMap<>();
        for (int pair = 0; pair < plan.pairs(); pair++) {
            for (int accounts : plan.billAccounts()) {
                if (pair == 0 || accounts <= REPEATED_MAX) {
                    sizes.computeIfAbsent(accounts, _ -> new ArrayList<>()).add(measure(accounts, plan.seed() + pair));
                }
            }
        }
        sizes.forEach(this::report);
        int smallest = plan.billAccounts().getFirst();
        plan.billAccounts().stream()
                .skip(1)
                .forEach(accounts -> report.figure(
                        String.format(Locale.ROOT, "bill job, %,d / %,d bills", accounts, smallest),
                        String.format(Locale.ROOT, "%.2f", medianNanos(sizes, accounts) / medianNanos(sizes, smallest)),
                        accounts == 2 * smallest ? "at most 2.2" : NO_GOAL));
    }

    private static double medianNanos(Map<Integer, List<Jobs>> sizes, int accounts) {
        return new Latencies(sizes.getOrDefault(accounts, List.of()).stream()
                        .mapToLong(jobs -> jobs.first.took.toNanos())
                        .toArray())
                .median()
                .toNanos();
    }

    private void report(int accounts, List<Jobs> runs) {
        List<Jobs> sorted = runs.stream()
                .sorted((one, other) -> one.first.took.compareTo(other.first.took))
                .toList();
        Jobs jobs = sorted.get((sorted.size() - 1) / 2);
        String of = String.format(Locale.ROOT, "%,d bills", accounts);
        report.figure(
                String.format(
                        Locale.ROOT,
                        "bill job, %s, %,d measurements, median of %d",
                        of,
                        jobs.measurements,
                        runs.size()),
                jobs.first.text(),
                accounts == GOAL_ACCOUNTS ? "under 6 s" : NO_GOAL);
        report.figure("bill job, %s, nothing changed".formatted(of), jobs.unchanged.text(), NO_GOAL);
        report.figure("bill job, %s, after 1 %% late usage".formatted(of), jobs.late.text(), NO_GOAL);
        report.figure("memory at most, %s".formatted(of), Report.mebibytes(jobs.peakBytes), NO_GOAL);
    }

    private Jobs measure(int accounts, long seed) throws IOException, InterruptedException {
        int places = Math.min(MEASUREMENTS_MAX, accounts * MEASUREMENTS_PER_ACCOUNT);
        report.say(String.format(Locale.ROOT, "%,d accounts with %,d measurements", accounts, places));
        try (Workplace workplace = Workplace.in(plan.directory(), plan.keep());
                ServerProcess server =
                        ServerProcess.start(plan.launch(), workplace.path().resolve("data"))) {
            Events events = new Events(seed, 1, accounts);
            HttpRun run = HttpRun.on(server, events);
            putOnPlan(server.customer(), run.meters().getFirst());
            run.send(server, places, HttpRun.BATCH, HttpRun.CONNECTIONS);
            Job first = bill(server);
            check(server.customer(), Tally.ofFirst(events, places));
            Job unchanged = bill(server);
            run.send(server, places / LATE_SHARE, HttpRun.BATCH, HttpRun.CONNECTIONS);
            Job late = bill(server);
            check(server.customer(), Tally.ofFirst(events, run.sent()));
            report.say("all bills are exact");
            return new Jobs(places, first, unchanged, late, server.footprint().peakBytes());
        }
    }

    /** Makes the catalogue and puts all accounts on its one plan. */
    void putOnPlan(Customer customer, String meter) throws IOException {
        String product = made(customer, "products", Map.of("code", "bench", "name", "bench"));
        Map<String, Object> template = Map.of(
                "code",
                "bench",
                "name",
                "bench",
                "productId",
                product,
                "currency",
                "USD",
                "standingCharge",
                0,
                "billFrequency",
                "MONTHLY");
        String templateId = made(customer, "plantemplates", template);
        String plan = made(customer, "plans", Map.of("code", "bench", "name", "bench", "planTemplateId", templateId));
        List<String> aggregations = new ArrayList<>();
        for (Map<String, Object> aggregation : PriceList.aggregations(meter)) {
            aggregations.add(made(customer, "aggregations", aggregation));
        }
        for (Map<String, Object> pricing : PriceList.pricings(plan, aggregations)) {
            made(customer, "pricings", pricing);
        }
        long began = System.nanoTime();
        int accounts = 0;
        for (JsonNode account : all(customer, "accounts?pageSize=" + PAGE)) {
            made(
                    customer,
                    "accountplans",
                    Map.of(
                            "accountId",
                            account.get("id").stringValue(),
                            "planId",
                            plan,
                            "startDate",
                            Events.FROM.toString()));
            accounts++;
        }
        report.say(String.format(
                Locale.ROOT, "%,d accounts put on a plan in %s", accounts, seconds(System.nanoTime() - began)));
    }

    private static String made(Customer customer, String path, Map<String, Object> body) throws IOException {
        return customer.post(path, body).get("id").stringValue();
    }

    private static List<JsonNode> all(Customer customer, String path) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            JsonNode page = customer.get(path + next.get());
            page.get("data").forEach(all::add);
            next = page.has("nextToken")
                    ? Optional.of("&nextToken=" + page.get("nextToken").stringValue())
                    : Optional.empty();
        }
        return all;
    }

    /** From the request for a job to the first look that finds it complete. */
    static Job bill(ServerProcess server) throws IOException, InterruptedException {
        Customer customer = server.customer();
        Duration cpu = server.footprint().cpu();
        Optional<Duration> decided = Optional.empty();
        long began = System.nanoTime();
        String path = "billjobs/"
                + made(customer, "billjobs", Map.of("billDate", "2025-02-01", "billingFrequency", "MONTHLY"));
        while (System.nanoTime() - began < PATIENCE.toNanos()) {
            JsonNode job = customer.get(path);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            switch (job.get("status").stringValue()) {
                case "COMPLETE" -> {
                    return new Job(
                            took, decided.orElse(took), server.footprint().cpu().minus(cpu));
                }
                case "RUNNING" -> decided = decided.or(() -> Optional.of(took));
                case "CANCELLED" -> throw new IOException("Expected the bill job to complete, but it is: " + job);
                default -> {
                    // it is still reading
                }
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
        throw new IOException("Expected the bill job to complete within %s, but it has not.".formatted(PATIENCE));
    }

    static void check(Customer customer, Tally tally) throws IOException {
        Map<String, BigDecimal> totals = new HashMap<>();
        int bills = 0;
        for (JsonNode bill : all(customer, "bills?billDate=2025-02-01&excludeLineItems=true&pageSize=" + PAGE)) {
            totals.put(
                    bill.get("accountCode").stringValue(), bill.get("billTotal").decimalValue());
            bills++;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (int account = 0; account < tally.accounts(); account++) {
            BigDecimal expected = PriceList.total(tally.of(0, account));
            Optional<BigDecimal> found = Optional.ofNullable(totals.get(Event.accountCode(account)));
            if (found.filter(total -> total.compareTo(expected) == 0).isEmpty()) {
                throw new WrongFigureException("Expected the bill of %s to total %s, but it is %s."
                        .formatted(Event.accountCode(account), expected, found));
            }
            sum = sum.add(expected);
        }
        if (bills != tally.accounts()) {
            throw new WrongFigureException("Expected %d bills of %s in all, one of each account, but there are %d."
                    .formatted(tally.accounts(), sum, bills));
        }
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    /**
     * A bill job.
     *
     * @param took from the request to its end
     * @param decided from the request to the first bills: everything has been read and asked then
     * @param cpu of the server meanwhile
     */
    record Job(Duration took, Duration decided, Duration cpu) {
        String text() {
            return "%s, first bills at %s, CPU %s"
                    .formatted(seconds(took.toNanos()), seconds(decided.toNanos()), seconds(cpu.toNanos()));
        }
    }

    /** What one server did. */
    private record Jobs(int measurements, Job first, Job unchanged, Job late, long peakBytes) {}
}
