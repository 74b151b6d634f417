package io.tallystick.server.app;

import static java.util.Objects.requireNonNullElse;

import io.tallystick.document.Document;
import io.tallystick.document.DocumentsUnavailable;
import io.tallystick.server.access.Access;
import io.tallystick.server.access.Organization;
import io.tallystick.server.settings.KnownSettings;
import io.tallystick.server.settings.Settings;
import io.tallystick.server.settings.SettingsAnswer;
import io.tallystick.server.store.sqlite.SqliteDocuments;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * What the commands have in common that work on the organizations and keys in a data directory. They do not take its
 * lock: a server may run beside them, and knows at once what they made.
 */
final class DirectoryCommand {
    /** Who made it, in the audit trail. */
    static final String AUTHOR = "COMMAND_LINE";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The data directory of a server, which may run meanwhile. Default: TALLYSTICK_DATA, or ./data.")
    private Optional<String> data;

    /** Opens the directory for a piece of work and answers the exit code; what cannot be opened is told and is 1. */
    int with(CommandLine command, ToIntFunction<Access> work) {
        Path directory = directory(command);
        Optional<String> objection = DataDirectory.objectionToVisit(directory);
        if (objection.isPresent()) {
            return refused(command, objection.get());
        }
        HostProcess.locateNatives();
        try (SqliteDocuments documents = SqliteDocuments.open(directory, Codecs.all())) {
            return work.applyAsInt(new Access(documents, TokenSecret.of(directory), InstantSource.system()));
        } catch (DocumentsUnavailable unavailable) {
            return refused(command, requireNonNullElse(unavailable.getMessage(), unavailable.toString()));
        }
    }

    static int refused(CommandLine command, String reason) {
        command.getErr().println(reason);
        return ExitCode.SOFTWARE;
    }

    /** One organization in a list. */
    static String line(Document<Organization> organization) {
        return "%s  %s".formatted(organization.id(), organization.content().name());
    }

    /** From where a server takes it too. */
    private Path directory(CommandLine command) {
        Map<String, String> flags = data.map(directory -> Map.of(KnownSettings.DATA.key(), directory))
                .orElseGet(Map::of);
        return switch (Settings.read(flags, System.getenv())) {
            case SettingsAnswer.Complete complete ->
                complete.settings().data().toAbsolutePath().normalize();
            case SettingsAnswer.Faulty faulty ->
                throw new ParameterException(command, String.join(System.lineSeparator(), faulty.faults()));
        };
    }
}
