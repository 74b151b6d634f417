package io.tallystick.server.settings;

import static java.util.Objects.requireNonNullElse;

import io.tallystick.server.settings.Settings.Billing;
import io.tallystick.server.settings.Settings.Http;
import io.tallystick.server.settings.Settings.Intake;
import io.tallystick.server.settings.Settings.Listen;
import io.tallystick.server.settings.Settings.Transport;
import io.tallystick.server.settings.Settings.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads the tree of settings out of its sources, collecting every fault before it answers. */
final class SettingsReader {
    /** First the one that wins. */
    private final List<SettingsSource> sources;

    private final List<String> faults = new ArrayList<>();

    private SettingsReader(List<SettingsSource> sources) {
        this.sources = sources;
    }

    static SettingsAnswer read(Map<String, String> flags, Map<String, String> environment) {
        List<SettingsSource> sources = new ArrayList<>();
        sources.add(SettingsSource.flags(flags));
        sources.add(SettingsSource.environment(environment));
        Optional<String> file = Optional.ofNullable(flags.get(Settings.CONFIG))
                .or(() -> Optional.ofNullable(environment.get(SettingsSource.CONFIG_VARIABLE)));
        if (file.isPresent()) {
            try {
                sources.add(SettingsSource.file(Path.of(file.get())));
            } catch (IOException | IllegalArgumentException unreadable) {
                return new SettingsAnswer.Faulty(
                        List.of("Expected a readable configuration file in UTF-8, but %s gave %s"
                                .formatted(file.get(), unreadable)));
            }
        }
        sources.add(SettingsSource.defaults());
        return new SettingsReader(sources).read();
    }

    private SettingsAnswer read() {
        sources.forEach(this::refuseUnknownNames);
        Settings settings = assemble();
        return faults.isEmpty() ? new SettingsAnswer.Complete(settings) : new SettingsAnswer.Faulty(faults);
    }

    private Settings assemble() {
        Listen listen = new Listen(required(KnownSettings.BIND), required(KnownSettings.PORT), transport());
        Path data = required(KnownSettings.DATA);
        Usage usage = new Usage(
                required(KnownSettings.USAGE_MEMORY_LIMIT),
                required(KnownSettings.USAGE_THREADS),
                required(KnownSettings.USAGE_QUESTION_TIMEOUT));
        Intake intake = new Intake(
                required(KnownSettings.INTAKE_QUEUE_LIMIT),
                required(KnownSettings.INTAKE_QUEUE_WAIT),
                required(KnownSettings.INTAKE_FUTURE_LIMIT),
                required(KnownSettings.INTAKE_SKELETON_ACCOUNTS),
                required(KnownSettings.INTAKE_IDENTITY_MEMORY));
        Http http = new Http(
                required(KnownSettings.HTTP_BODY_LIMIT),
                required(KnownSettings.HTTP_INFLATED_LIMIT),
                required(KnownSettings.HTTP_BODY_TIMEOUT));
        Billing billing = new Billing(required(KnownSettings.BILLING_RECALCULATE_EVERY));
        boolean dev = required(KnownSettings.DEV);
        try {
            return new Settings(listen, data, dev, usage, intake, http, billing);
        } catch (IllegalArgumentException contradiction) {
            faults.add(requireNonNullElse(contradiction.getMessage(), contradiction.toString()));
            return new Settings(listen, data, false, usage, intake, http, billing);
        }
    }

    private Transport transport() {
        Optional<Path> certificate = valueOf(KnownSettings.TLS_CERT);
        Optional<Path> key = valueOf(KnownSettings.TLS_KEY);
        if (certificate.isPresent() && key.isPresent()) {
            return new Transport.Tls(certificate.get(), key.get());
        }
        if (certificate.isPresent() || key.isPresent()) {
            faults.add("Expected tls-cert and tls-key together, but only %s is set"
                    .formatted(certificate.isPresent() ? "tls-cert" : "tls-key"));
        }
        return new Transport.Plain();
    }

    private <T> T required(Setting<T> setting) {
        return valueOf(setting)
                .orElseThrow(() ->
                        new IllegalStateException("Expected a default of " + setting.key() + ", but it has none"));
    }

    /** The value from the first source that has one. After a fault it is the default, so that reading goes on. */
    private <T> Optional<T> valueOf(Setting<T> setting) {
        for (SettingsSource source : sources) {
            String name = source.nameOf().apply(setting);
            String text = source.texts().get(name);
            if (text != null) {
                try {
                    return Optional.of(setting.type().parse(text));
                } catch (IllegalArgumentException notAllowed) {
                    faults.add("%s%s: %s".formatted(name, source.suffix(), notAllowed.getMessage()));
                    break;
                }
            }
        }
        return setting.initial().map(setting.type()::parse);
    }

    private void refuseUnknownNames(SettingsSource source) {
        List<String> known = source.knownNames();
        for (String name : new TreeSet<>(source.texts().keySet())) {
            if (!known.contains(name)) {
                faults.add("Expected a setting, but '%s'%s is none; the nearest is '%s'"
                        .formatted(name, source.suffix(), NearestName.to(name, known)));
            }
        }
    }
}
