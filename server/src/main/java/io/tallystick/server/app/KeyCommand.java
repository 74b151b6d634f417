package io.tallystick.server.app;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toMap;

import io.tallystick.document.Document;
import io.tallystick.document.Registered;
import io.tallystick.id.Id;
import io.tallystick.server.access.Access;
import io.tallystick.server.access.AccessKey;
import io.tallystick.server.access.Credentials;
import io.tallystick.server.access.Organization;
import io.tallystick.server.access.Role;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code tallystick key}: the keys that open an organization's doors. */
@Command(
        name = "key",
        description = "Make and list access keys of organizations.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeyCommand.Create.class, KeyCommand.ListAll.class})
public final class KeyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private KeyCommand() {}

    /** The command, to be added to the root of the command line. */
    public static CommandLine commandLine() {
        return new CommandLine(new KeyCommand());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected create or list, but there is none");
    }

    @Command(
            name = "create",
            description = "Make a key and print its secrets, which cannot be shown again.",
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private final DirectoryCommand directory = new DirectoryCommand();

        @Option(
                names = "--org",
                paramLabel = "NAME_OR_ID",
                required = true,
                description = "The organization whose key it is; an id counts before a name.")
        private String organization;

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                converter = RoleName.class,
                description = "admin: everything. read: look at everything. ingest: send measurements, nothing else.")
        private Role role;

        @Override
        public Integer call() {
            return directory.with(spec.commandLine(), access -> find(access)
                    .map(found -> create(access, found.id()))
                    .orElseGet(() -> DirectoryCommand.refused(
                            spec.commandLine(),
                            "Expected the name or the id of an organization, but there is none with '%s'. 'org list' shows them all."
                                    .formatted(organization))));
        }

        private Optional<Document<Organization>> find(Access access) {
            return access.organizations().stream()
                    .filter(each -> each.id().value().equals(organization))
                    .findFirst()
                    .or(() -> access.organizations().stream()
                            .filter(each -> each.content().name().equals(organization))
                            .findFirst());
        }

        private int create(Access access, Id<Organization> owner) {
            Credentials credentials = access.drawCredentials();
            Registered<AccessKey> made = access.createKey(owner, role, credentials, DirectoryCommand.AUTHOR);
            if (!(made instanceof Registered.Done<AccessKey>)) {
                throw new IllegalStateException("Expected random credentials to be new, but the register said " + made);
            }
            spec.commandLine().getOut().print(CredentialsText.of(owner, role, credentials));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
    }

    @Command(
            name = "list",
            description = "List the keys, one a line: access key, role, and the name of the organization.",
            mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private final DirectoryCommand directory = new DirectoryCommand();

        @Override
        public Integer call() {
            return directory.with(spec.commandLine(), access -> {
                Map<String, String> names = access.organizations().stream()
                        .collect(toMap(each -> each.id().value(), each -> each.content()
                                .name()));
                access.keys().stream()
                        .map(Document::content)
                        .sorted(comparing((AccessKey key) ->
                                        names.getOrDefault(key.organization().value(), ""))
                                .thenComparing(AccessKey::role)
                                .thenComparing(AccessKey::accessKey))
                        .map(key -> "%-36s  %-6s  %s"
                                .formatted(
                                        key.accessKey(),
                                        RoleName.of(key.role()),
                                        names.getOrDefault(
                                                key.organization().value(),
                                                key.organization().value())))
                        .forEach(spec.commandLine().getOut()::println);
                return ExitCode.OK;
            });
        }
    }

    /** Roles in small letters. */
    private static final class RoleName implements ITypeConverter<Role> {
        static String of(Role role) {
            return role.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Role convert(String text) {
            return Arrays.stream(Role.values())
                    .filter(role -> of(role).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "Expected admin, read or ingest, but was '%s'".formatted(text)));
        }
    }
}
