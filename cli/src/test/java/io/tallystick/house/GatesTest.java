package io.tallystick.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The gates that run before any test, held shut by planted faults: small modules that inherit the root pom, each with one
 * thing that must not pass, and one module with nothing wrong. All of them are built by one Maven run.
 */
final class GatesTest {
    private static final PlantedBuild BUILD = new PlantedBuild(Path.of("target", "gates"))
            .with(
                    "sound",
                    "",
                    """
                    final class Coin {
                        String face() {
                            return "head";
                        }
                    }
                    """)
            .with(
                    "unformatted",
                    "",
                    """
                    final class Coin {
                      String face() { return "head"; }
                    }
                    """)
            .with(
                    "raw-type",
                    "",
                    """
                    final class Coin {
                        int count(java.util.List coins) {
                            return coins.size();
                        }
                    }
                    """)
            .with(
                    "ignored-result",
                    "",
                    """
                    final class Coin {
                        String face(String face) {
                            face.strip();
                            return face;
                        }
                    }
                    """)
            .with(
                    "hidden-clock",
                    "",
                    """
                    import java.time.Instant;

                    final class Coin {
                        Instant minted() {
                            return Instant.now();
                        }
                    }
                    """)
            .with(
                    "null-returned",
                    "",
                    """
                    final class Coin {
                        String face() {
                            return null;
                        }
                    }
                    """)
            .with(
                    "dependency-twice",
                    """
                    <dependencies>
                        <dependency><groupId>org.jspecify</groupId><artifactId>jspecify</artifactId></dependency>
                        <dependency><groupId>org.jspecify</groupId><artifactId>jspecify</artifactId></dependency>
                    </dependencies>
                    """,
                    """
                    final class Coin {}
                    """);

    @BeforeAll
    static void buildAll() throws IOException, InterruptedException {
        BUILD.run();
    }

    @Test
    void letsThroughWhatIsSound() {
        assertThat(BUILD.failure("sound")).as(BUILD.output()).isEmpty();
    }

    @Test
    void formatterRefusesOtherIndentation() {
        assertRefused("unformatted", "The following files had format violations");
    }

    @Test
    void compilerTakesWarningsForErrors() {
        assertRefused("raw-type", "warnings found and -Werror specified");
    }

    @Test
    void errorProneRefusesAResultThatIsIgnored() {
        assertRefused("ignored-result", "[ReturnValueIgnored]");
    }

    @Test
    void errorProneRefusesAClockThatIsNotHandedIn() {
        assertRefused("hidden-clock", "[TimeZoneUsage]");
    }

    @Test
    void nullAwayRefusesANullThatTheSignatureDoesNotShow() {
        assertRefused("null-returned", "[NullAway] returning @Nullable expression");
    }

    @Test
    void enforcerRefusesADependencyDeclaredTwice() {
        assertRefused("dependency-twice", "BanDuplicatePomDependencyVersions");
    }

    private static void assertRefused(String module, String... reasons) {
        assertThat(BUILD.failure(module)).as(BUILD.output()).hasValueSatisfying(failure -> assertThat(failure)
                .contains(reasons));
    }
}
