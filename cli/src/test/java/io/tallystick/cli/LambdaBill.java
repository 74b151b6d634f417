package io.tallystick.cli;

import io.tallystick.cli.LambdaUsage.Invocation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What an account owes for its usage of AWS Lambda, by arithmetic as plain as on paper and nothing of the product. */
record LambdaBill(BigDecimal gigabyteSeconds, BigDecimal requests) {
    static final BigDecimal FIRST_PRICE = new BigDecimal("0.00001833337");
    static final BigDecimal REQUEST_PRICE = new BigDecimal("0.22");

    private static final BigDecimal FIRST_END = new BigDecimal("6000000000");
    private static final BigDecimal MILLION = new BigDecimal("1000000");

    static LambdaBill of(List<Invocation> usage) {
        BigDecimal gigabyteSeconds = BigDecimal.ZERO;
        for (Invocation each : usage) {
            gigabyteSeconds =
                    gigabyteSeconds.add(BigDecimal.valueOf(each.memoryGb()).multiply(BigDecimal.valueOf(each.timeS())));
        }
        if (gigabyteSeconds.compareTo(FIRST_END) > 0) {
            throw new IllegalStateException("Expected usage within the first band, but was " + gigabyteSeconds);
        }
        return new LambdaBill(gigabyteSeconds, BigDecimal.valueOf(usage.size()));
    }

    BigDecimal requestUnits() {
        return requests.divide(MILLION);
    }

    BigDecimal exactDuration() {
        return gigabyteSeconds.multiply(FIRST_PRICE);
    }

    BigDecimal exactRequests() {
        return requestUnits().multiply(REQUEST_PRICE);
    }

    BigDecimal durationCharged() {
        return exactDuration().setScale(2, RoundingMode.HALF_UP);
    }

    BigDecimal requestsCharged() {
        return exactRequests().setScale(2, RoundingMode.HALF_UP);
    }

    BigDecimal total() {
        return durationCharged().add(requestsCharged());
    }
}
