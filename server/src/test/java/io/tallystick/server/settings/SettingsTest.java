package io.tallystick.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.server.settings.Settings.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    @TempDir
    private Path directory;

    @Test
    void takesTheDefaultsWhenNobodySaysAnything() {
        Settings settings = complete(Settings.read(Map.of(), Map.of("HOME", "/home/somebody")));

        assertThat(settings).isEqualTo(Settings.defaults());
        assertThat(settings.listen()).isEqualTo(new Settings.Listen("127.0.0.1", 8080, new Transport.Plain()));
        assertThat(settings.data()).isEqualTo(Path.of("./data"));
        assertThat(settings.dev()).isFalse();
        assertThat(settings.usage()).isEqualTo(new Settings.Usage(512_000_000, 2, Duration.ofSeconds(30)));
        assertThat(settings.intake())
                .isEqualTo(new Settings.Intake(
                        100_000, Duration.ofSeconds(10), Duration.ofHours(24), true, 3_000_000_000L));
        assertThat(settings.http()).isEqualTo(new Settings.Http(512_000, 16 * 1024 * 1024, Duration.ofMinutes(1)));
    }

    @Test
    void flagWinsOverVariableWinsOverFileWinsOverDefault() throws IOException {
        String file = file("port=1\nbind=::1\nusage.threads=3\nusage.memory-limit = 1GiB \n");
        Map<String, String> variables = Map.of("TALLYSTICK_PORT", "2", "TALLYSTICK_BIND", "0.0.0.0");

        Settings settings = complete(Settings.read(Map.of("port", "3", "config", file), variables));

        assertThat(settings.listen().port()).isEqualTo(3);
        assertThat(settings.listen().bind()).isEqualTo("0.0.0.0");
        assertThat(settings.usage()).isEqualTo(new Settings.Usage(1L << 30, 3, Duration.ofSeconds(30)));
        assertThat(settings.intake()).isEqualTo(Settings.defaults().intake());
    }

    @Test
    void variableNamesTheConfigurationFile() throws IOException {
        Map<String, String> variables = Map.of("TALLYSTICK_CONFIG", file("dev=true"));

        assertThat(complete(Settings.read(Map.of(), variables)).dev()).isTrue();
    }

    @Test
    void refusesAnUnknownKeyOfTheFileAndNamesTheNearest() throws IOException {
        String file = file("usage.memory-limt=512MB\nconfig=other.properties\n");

        assertThat(faults(Settings.read(Map.of("config", file), Map.of())))
                .containsExactly(
                        "Expected a setting, but 'config' in %s is none; the nearest is 'bind'".formatted(file),
                        "Expected a setting, but 'usage.memory-limt' in %s is none; the nearest is 'usage.memory-limit'"
                                .formatted(file));
    }

    @Test
    void refusesAnUnknownVariableAndNamesTheNearest() {
        Map<String, String> variables = Map.of("TALLYSTICK_USAGE_MEMRY", "1GB");

        assertThat(faults(Settings.read(Map.of(), variables)))
                .containsExactly(
                        "Expected a setting, but 'TALLYSTICK_USAGE_MEMRY' is none; the nearest is 'TALLYSTICK_USAGE_MEMORY_LIMIT'");
    }

    @Test
    void tellsAllFaultsAtOnceAndWhereTheyAre() throws IOException {
        String file = file("usage.threads=0\n");
        Map<String, String> variables = Map.of("TALLYSTICK_INTAKE_QUEUE_WAIT", "10");

        assertThat(faults(Settings.read(Map.of("port", "http", "config", file), variables)))
                .containsExactly(
                        "--port: Expected a port number from 0 to 65535, but was 'http'",
                        "usage.threads in %s: Expected a number of threads from 1 to 256, but was '0'".formatted(file),
                        "TALLYSTICK_INTAKE_QUEUE_WAIT: Expected a duration from 0s to 5m with its unit (ms, s, m, h or d), but was '10'");
    }

    @Test
    void refusesAConfigurationFileThatIsNotThere() {
        String missing = directory.resolve("missing.properties").toString();

        assertThat(faults(Settings.read(Map.of("config", missing), Map.of())))
                .singleElement()
                .asString()
                .contains("Expected a readable configuration file")
                .contains(missing);
    }

    @ParameterizedTest
    @CsvSource({
        "64MB, 64000000",
        "64000000B, 64000000",
        "64000kb, 64000000",
        "1GB, 1000000000",
        "70000KiB, 71680000",
        "64MiB, 67108864",
        "2GiB, 2147483648",
        "1024GB, 1024000000000"
    })
    void readsSizesInBytesWithTheirUnit(String text, long bytes) {
        assertThat(KnownSettings.USAGE_MEMORY_LIMIT.type().parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"63999999B", "1025GB", "512", "MB", "-64MB", "0.5GB", "64 MB", "64TB", "9999999999999999999MB", "''"})
    void refusesSizesThatAreNone(String text) {
        assertThatThrownBy(() -> KnownSettings.USAGE_MEMORY_LIMIT.type().parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Expected a size from 64MB to 1024GB with its unit (B, kB, MB, GB, KiB, MiB or GiB), but was '%s'",
                        text);
    }

    @ParameterizedTest
    @CsvSource({"0s, PT0S", "1500ms, PT1.5S", "90s, PT1M30S", "5m, PT5M", "24H, PT24H", "366d, PT8784H"})
    void readsDurationsWithTheirUnit(String text, Duration duration) {
        assertThat(KnownSettings.INTAKE_FUTURE_LIMIT.type().parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"367d", "1w", "24", "h", "-1s"})
    void refusesDurationsThatAreNone(String text) {
        assertThatThrownBy(() -> KnownSettings.INTAKE_FUTURE_LIMIT.type().parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("but was '%s'", text);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "127.0.0.53", "::1", "localhost"})
    void letsDevelopmentModeBindToLoopback(String bind) {
        assertThat(complete(Settings.read(Map.of("dev", "true", "bind", bind), Map.of()))
                        .dev())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "::", "192.0.2.1", "example.org"})
    void refusesDevelopmentModeElsewhere(String bind) {
        assertThat(faults(Settings.read(Map.of("dev", "true", "bind", bind), Map.of())))
                .containsExactly(
                        "Expected a loopback address (127.0.0.1, ::1 or localhost) to bind to in development mode, but was '"
                                + bind + "'");
    }

    @Test
    void wantsCertificateAndKeyTogether() {
        assertThat(faults(Settings.read(Map.of("tls-cert", "server.pem"), Map.of())))
                .containsExactly("Expected tls-cert and tls-key together, but only tls-cert is set");
        assertThat(complete(Settings.read(Map.of("tls-cert", "server.pem", "tls-key", "key.pem"), Map.of()))
                        .listen()
                        .transport())
                .isEqualTo(new Transport.Tls(Path.of("server.pem"), Path.of("key.pem")));
    }

    @Test
    void cannotBeMadeWithValuesOutOfBounds() {
        assertThatThrownBy(() -> Settings.defaults().withPort(65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected a port number from 0 to 65535, but was 65536");
        assertThatThrownBy(() -> new Settings.Usage(1, 2, Duration.ofSeconds(30)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("tallystick.properties"), content)
                .toString();
    }

    private static Settings complete(SettingsAnswer answer) {
        assertThat(answer).isInstanceOf(SettingsAnswer.Complete.class);
        return ((SettingsAnswer.Complete) answer).settings();
    }

    private static List<String> faults(SettingsAnswer answer) {
        assertThat(answer).isInstanceOf(SettingsAnswer.Faulty.class);
        return ((SettingsAnswer.Faulty) answer).faults();
    }
}
