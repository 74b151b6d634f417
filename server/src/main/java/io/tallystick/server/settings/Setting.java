package io.tallystick.server.settings;

import java.util.Locale;
import java.util.Optional;

/**
 * One setting, declared once: the options of {@code serve}, the reader and docs/configuration.md are made from it.
 *
 * @param key kebab-case name with dots between groups, as in a configuration file
 * @param flag how it is said on the command line
 * @param type how its text is read, with unit and bounds
 * @param initial the text it has when nobody says otherwise; absent where it has no value then
 * @param meaning what it decides, one sentence
 * @param symptom what one sees when the value is wrong, one sentence
 */
public record Setting<T>(
        String key, Flag flag, SettingType<T> type, Optional<String> initial, String meaning, String symptom) {
    static final String VARIABLE_PREFIX = "TALLYSTICK_";

    /** How a setting is said on the command line. */
    public sealed interface Flag {
        /** Not at all: only in a file or a variable. */
        record Unspoken() implements Flag {}

        /** By its name alone, which means true. */
        record Switch() implements Flag {}

        /** By its name and a value, which the help shows as the label. */
        record Valued(String label) implements Flag {}
    }

    public Setting {
        if (!key.matches("[a-z]+([.-][a-z]+)*")) {
            throw new IllegalArgumentException("Expected a kebab-case key, but was " + key);
        }
        initial.ifPresent(type::parse);
    }

    /** As the command line says it. */
    public String option() {
        return "--" + key;
    }

    /** As the environment says it. */
    public String variable() {
        return VARIABLE_PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
