package io.tallystick.server.app;

import static java.util.Comparator.comparing;

import io.tallystick.document.Document;
import io.tallystick.document.Registered;
import io.tallystick.server.access.Access;
import io.tallystick.server.access.Organization;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tallystick org}: the organizations that share an installation and never see each other. */
@Command(
        name = "org",
        description = "Make and list organizations.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {OrgCommand.Create.class, OrgCommand.ListAll.class})
public final class OrgCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private OrgCommand() {}

    /** The command, to be added to the root of the command line. */
    public static CommandLine commandLine() {
        return new CommandLine(new OrgCommand());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected create or list, but there is none");
    }

    @Command(
            name = "create",
            description = "Make an organization; then make a key for it with 'key create'.",
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private final DirectoryCommand directory = new DirectoryCommand();

        @Parameters(paramLabel = "NAME", description = "1 to 200 characters that no other organization is named.")
        private String name;

        @Override
        public Integer call() {
            try {
                Organization wanted = new Organization(name);
                return directory.with(spec.commandLine(), access -> create(access, wanted));
            } catch (IllegalArgumentException notAName) {
                throw new ParameterException(spec.commandLine(), notAName.getMessage(), notAName);
            }
        }

        private int create(Access access, Organization wanted) {
            CommandLine command = spec.commandLine();
            return switch (access.createOrganization(wanted.name(), DirectoryCommand.AUTHOR)) {
                case Registered.Done<Organization>(Document<Organization> organization) -> {
                    command.getOut().println(DirectoryCommand.line(organization));
                    yield ExitCode.OK;
                }
                case Registered.Taken<Organization>(var _, var _, String value, String holder) ->
                    DirectoryCommand.refused(
                            command,
                            "Expected a name that is free, but '%s' is the name of organization %s. Choose another."
                                    .formatted(value, holder));
                case Registered.Unknown<Organization> _,
                        Registered.Stale<Organization> _,
                        Registered.Dangling<Organization> _,
                        Registered.InUse<Organization> _ ->
                    throw new IllegalStateException(
                            "Expected a new organization to be free or taken, but it is neither.");
            };
        }
    }

    @Command(
            name = "list",
            description = "List the organizations, one a line: id and name.",
            mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private final DirectoryCommand directory = new DirectoryCommand();

        @Override
        public Integer call() {
            return directory.with(spec.commandLine(), access -> {
                access.organizations().stream()
                        .sorted(comparing(organization -> organization.content().name()))
                        .map(DirectoryCommand::line)
                        .forEach(spec.commandLine().getOut()::println);
                return ExitCode.OK;
            });
        }
    }
}
