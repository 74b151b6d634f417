package io.tallystick.bench.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * One event, the same to every store that is measured: a UUID, two numbers that are sent, one that follows from them, and
 * three texts.
 *
 * @param meter from 0
 * @param account from 0
 * @param atMillis since 1970
 * @param memoryHundredths GB, in hundredths
 * @param timeMillis seconds, in thousandths
 * @param region from 0
 * @param product from 0
 * @param user from 0
 */
public record Event(
        UUID uid,
        int meter,
        int account,
        long atMillis,
        long memoryHundredths,
        long timeMillis,
        int region,
        int product,
        int user) {
    private static final int MEMORY_PLACES = 2;
    private static final int TIME_PLACES = 3;
    private static final int DURATION_PLACES = MEMORY_PLACES + TIME_PLACES;

    public static String meterCode(int meter) {
        return "bench_" + meter;
    }

    public static String accountCode(int account) {
        return "account-" + account;
    }

    public Instant at() {
        return Instant.EPOCH.plus(atMillis, ChronoUnit.MILLIS);
    }

    public String regionText() {
        return "region-" + region;
    }

    public String productText() {
        return "product-" + product;
    }

    public String userText() {
        return "user-" + user;
    }

    /** GB-seconds, in hundred-thousandths: what the meter's formula {@code memory * time} gives. */
    public long durationHundredThousandths() {
        return Math.multiplyExact(memoryHundredths, timeMillis);
    }

    public static BigDecimal memory(long hundredths) {
        return BigDecimal.valueOf(hundredths, MEMORY_PLACES);
    }

    public static BigDecimal time(long millis) {
        return BigDecimal.valueOf(millis, TIME_PLACES);
    }

    public static BigDecimal duration(long hundredThousandths) {
        return BigDecimal.valueOf(hundredThousandths, DURATION_PLACES);
    }

    /** The event as an element of {@code measurements}; the derived number is the server's to compute. */
    public String json() {
        return "{\"uid\":\"" + uid + "\",\"meter\":\"" + meterCode(meter) + "\",\"account\":\"" + accountCode(account)
                + "\",\"ts\":\"" + at() + "\",\"measure\":{\"memory\":" + memory(memoryHundredths) + ",\"time\":"
                + time(timeMillis) + "},\"where\":{\"region\":\"" + regionText() + "\"},\"what\":{\"product\":\""
                + productText() + "\"},\"who\":{\"user\":\"" + userText() + "\"}}";
    }
}
