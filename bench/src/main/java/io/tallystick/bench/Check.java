package io.tallystick.bench;

import io.tallystick.bench.event.Event;
import io.tallystick.bench.event.Tally;
import io.tallystick.bench.event.Used;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Holds what the server counted against what was sent: per meter and account, to the digit. */
final class Check {
    private static final int FAULTS_SHOWN_MAX = 10;
    private static final int ROWS_MAX = 20_000;

    private Check() {}

    /**
     * Asks for all counts and sums and compares them.
     *
     * @param meters ids, in the order of the meters' numbers
     * @throws WrongFigureException where any of them differs
     */
    static void everythingIsCountedOnce(Customer customer, List<String> meters, Tally tally) throws IOException {
        List<String> faults = faults(customer, meters, tally);
        if (!faults.isEmpty()) {
            throw new WrongFigureException("Expected every event to be counted once, but in %d accounts it is not:%n%s"
                    .formatted(
                            faults.size(),
                            String.join(
                                    System.lineSeparator(),
                                    faults.subList(0, Math.min(FAULTS_SHOWN_MAX, faults.size())))));
        }
    }

    /** One line for each meter and account where they differ. */
    static List<String> faults(Customer customer, List<String> meters, Tally tally) throws IOException {
        List<String> faults = new ArrayList<>();
        for (int meter = 0; meter < tally.meters(); meter++) {
            Map<String, Used> counted = counted(customer, meters.get(meter));
            for (int account = 0; account < tally.accounts(); account++) {
                Used expected = tally.of(meter, account);
                Used found = counted.getOrDefault(Event.accountCode(account), Used.NOTHING);
                if (!found.agreesWith(expected)) {
                    faults.add("Expected %s of %s to be %s, but it is %s."
                            .formatted(Event.accountCode(account), Event.meterCode(meter), expected, found));
                }
                counted.remove(Event.accountCode(account));
            }
            counted.forEach((account, used) ->
                    faults.add("Expected no usage of account %s, but it is %s.".formatted(account, used)));
        }
        return faults;
    }

    /** How many events a meter has in all. */
    static long count(Customer customer, String meter) throws IOException {
        JsonNode rows =
                customer.ask(Ask.of(List.of(Ask.count(meter)), List.of(), 1)).get("data");
        return rows.isEmpty() ? 0 : rows.get(0).get("COUNT.memory").longValue();
    }

    private static Map<String, Used> counted(Customer customer, String meter) throws IOException {
        JsonNode answer = customer.ask(Ask.of(
                List.of(Ask.count(meter), Ask.sum(meter, "memory"), Ask.sum(meter, "time"), Ask.sum(meter, "duration")),
                List.of(Ask.BY_ACCOUNT),
                ROWS_MAX));
        if (answer.get("hasMoreData").booleanValue()) {
            throw new WrongFigureException("Expected at most %d accounts, but there are more.".formatted(ROWS_MAX));
        }
        Map<String, Used> counted = new HashMap<>();
        for (JsonNode row : answer.get("data")) {
            counted.put(
                    row.get("account").stringValue(),
                    new Used(
                            row.get("COUNT.memory").longValue(),
                            number(row, "SUM.memory"),
                            number(row, "SUM.time"),
                            number(row, "SUM.duration")));
        }
        return counted;
    }

    private static BigDecimal number(JsonNode row, String key) {
        return row.get(key).decimalValue();
    }
}
