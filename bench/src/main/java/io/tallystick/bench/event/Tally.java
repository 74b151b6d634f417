package io.tallystick.bench.event;

/** The generator's own arithmetic: what must have been counted, per meter and account. Each event is added once. */
public final class Tally {
    private final Events events;
    private final long[][] counts;
    private final long[][] memory;
    private final long[][] time;
    private final long[][] duration;

    private Tally(Events events) {
        this.events = events;
        counts = new long[events.meters()][events.accounts()];
        memory = new long[events.meters()][events.accounts()];
        time = new long[events.meters()][events.accounts()];
        duration = new long[events.meters()][events.accounts()];
    }

    /** Of everything that the first places of a sequence hold. */
    public static Tally ofFirst(Events events, long places) {
        Tally tally = new Tally(events);
        for (long number = 0; number < Events.distinct(places); number++) {
            tally.add(events.event(number));
        }
        return tally;
    }

    /** Adds one event. */
    public void add(Event event) {
        int meter = event.meter();
        int account = event.account();
        counts[meter][account]++;
        memory[meter][account] = Math.addExact(memory[meter][account], event.memoryHundredths());
        time[meter][account] = Math.addExact(time[meter][account], event.timeMillis());
        duration[meter][account] = Math.addExact(duration[meter][account], event.durationHundredThousandths());
    }

    public int meters() {
        return events.meters();
    }

    public int accounts() {
        return events.accounts();
    }

    /** What one account used of one meter. */
    public Used of(int meter, int account) {
        return new Used(
                counts[meter][account],
                Event.memory(memory[meter][account]),
                Event.time(time[meter][account]),
                Event.duration(duration[meter][account]));
    }
}
