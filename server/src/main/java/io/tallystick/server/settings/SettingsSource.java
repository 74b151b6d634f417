package io.tallystick.server.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A place that settings come from.
 *
 * @param texts what it says, by the names that it uses for settings
 * @param nameOf the name that it uses for a setting
 * @param suffix what follows such a name in a message, so that one knows where to look
 * @param otherNames names that are known here and are no settings
 */
record SettingsSource(
        Map<String, String> texts, Function<Setting<?>, String> nameOf, String suffix, List<String> otherNames) {
    static final String CONFIG_VARIABLE = Setting.VARIABLE_PREFIX + "CONFIG";

    SettingsSource {
        texts = Map.copyOf(texts);
        otherNames = List.copyOf(otherNames);
    }

    List<String> knownNames() {
        return Stream.concat(KnownSettings.ALL.stream().map(nameOf), otherNames.stream())
                .toList();
    }

    static SettingsSource flags(Map<String, String> flags) {
        Map<String, String> byOption = new HashMap<>();
        flags.forEach((key, text) -> byOption.put("--" + key, text));
        return new SettingsSource(byOption, Setting::option, "", List.of("--" + Settings.CONFIG));
    }

    static SettingsSource environment(Map<String, String> environment) {
        Map<String, String> ours = new HashMap<>(environment);
        ours.keySet().removeIf(name -> !name.startsWith(Setting.VARIABLE_PREFIX));
        return new SettingsSource(ours, Setting::variable, "", List.of(CONFIG_VARIABLE));
    }

    /** Reads a .properties file in UTF-8; a key that is there twice counts with its last text, as always in such files. */
    static SettingsSource file(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
            properties.load(reader);
        }
        Map<String, String> texts = new HashMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> texts.put(key, properties.getProperty(key).strip()));
        return new SettingsSource(texts, Setting::key, " in " + file, List.of());
    }

    static SettingsSource defaults() {
        Map<String, String> texts = new HashMap<>();
        KnownSettings.ALL.forEach(setting -> setting.initial().ifPresent(text -> texts.put(setting.key(), text)));
        return new SettingsSource(texts, Setting::key, " by default", List.of());
    }
}
