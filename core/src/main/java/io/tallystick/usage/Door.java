package io.tallystick.usage;

/**
 * The wire a measurement came in by. A uid means something within its door only.
 */
public enum Door {
    /** {@code POST /organizations/{orgId}/measurements}. */
    MEASUREMENTS(1),
    /** {@code POST /ingest}: identity is the whole record. */
    AMBERFLO(2),
    /** {@code POST /insertMeteringRecord}. */
    METERING_RECORDS(3),
    /** {@code POST /events}: identity is {@code source} and {@code id}. */
    CLOUD_EVENTS(4);

    private final int number;

    Door(int number) {
        this.number = number;
    }

    /** How it is written at rest, 1 to 127; never changed, never given to another door. */
    public int number() {
        return number;
    }

    /** The door with this number at rest. */
    public static Door numbered(int number) {
        for (Door door : values()) {
            if (door.number == number) {
                return door;
            }
        }
        throw new IllegalStateException("Expected the number of a door, but was %d.".formatted(number));
    }
}
