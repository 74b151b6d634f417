package io.tallystick.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
final class ProgramVersion implements IVersionProvider {
    static String line() {
        @Nullable String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return "tallystick " + (version == null ? "from class files" : version);
    }

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }
}
