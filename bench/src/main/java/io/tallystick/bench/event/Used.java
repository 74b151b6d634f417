package io.tallystick.bench.event;

import java.math.BigDecimal;

/** What was counted of one meter for one account: the number of events, and the sums of their three numbers. */
public record Used(long count, BigDecimal memory, BigDecimal time, BigDecimal duration) {
    public static final Used NOTHING = new Used(0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** Whether both say the same, however many zeros they end with. */
    public boolean agreesWith(Used other) {
        return count == other.count
                && memory.compareTo(other.memory) == 0
                && time.compareTo(other.time) == 0
                && duration.compareTo(other.duration) == 0;
    }
}
