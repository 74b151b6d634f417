package io.tallystick.server.settings;

import java.util.List;

/** What comes of reading settings: all of them, or everything that is wrong with them. */
public sealed interface SettingsAnswer {
    /** All settings, each within its bounds. */
    record Complete(Settings settings) implements SettingsAnswer {}

    /** One sentence for each fault, at least one. */
    record Faulty(List<String> faults) implements SettingsAnswer {
        public Faulty {
            faults = List.copyOf(faults);
            if (faults.isEmpty()) {
                throw new IllegalArgumentException("Expected at least one fault, but there was none");
            }
        }
    }
}
