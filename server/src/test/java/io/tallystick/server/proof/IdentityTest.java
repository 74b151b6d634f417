package io.tallystick.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.app.SecondOrganization;
import io.tallystick.server.proof.World.Installed;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Which of two measurements counts: identity is organization, door and uid; content is everything the sender said. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IdentityTest {
    private static final String FIRST =
            """
            {"uid":"U","meter":"identitym0","account":"acme","ts":"2024-12-12T20:36:00.123456Z","ets":"2024-12-12T20:37:00Z",
             "measure":{"a":1,"b":12345678901234567890.25},"what":{"t":"x"},"other":{"extra":"y"}}""";

    private final Path data;
    private final InProcess server;
    private final World world;
    private final Installed installed;
    private int uids;

    IdentityTest(@TempDir Path directory) {
        data = directory.resolve("data");
        server = InProcess.start(data);
        World drawn = World.simple("identity", "SUM", BigDecimal.ONE);
        world = new World(
                drawn.prefix(),
                List.of(
                        new Metered("identitym0", List.of("a", "b"), List.of(World.TEXT), Metered.Formula.SUM),
                        new Metered("identitym1", List.of("a", "b"), List.of(World.TEXT), Metered.Formula.SUM)),
                drawn.rates(),
                drawn.since(),
                drawn.standingCharge());
        installed = world.install(server.client());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"a\":1 | \"a\":1.0",
                "\"a\":1 | \"a\":1.0000000000000000000",
                "\"a\":1 | \"a\":10e-1",
                "\"a\":1 | \"a\":0.1E+1",
                "\"a\":1 | \"a\":1.0000000000004",
                "\"a\":1,\"b\":12345678901234567890.25 | \"b\":12345678901234567890.25,\"a\":1",
                "12345678901234567890.25 | 12345678901234567890.2500",
                "12345678901234567890.25 | 1234567890123456789025e-2",
                "2024-12-12T20:36:00.123456Z | 2024-12-12T22:36:00.123456+02:00",
                "2024-12-12T20:36:00.123456Z | 2024-12-13T10:21:00.123456+13:45",
                "2024-12-12T20:36:00.123456Z | 2024-12-12T20:36:00.123456999Z",
                "2024-12-12T20:37:00Z | 2024-12-12T20:37Z",
                "\"x\" | \"\\u0078\"",
                "\"uid\":\"U\", | \"unknown\":{\"a\":[1]},\"uid\":\"U\",",
                "\"uid\":\"U\", | \"cost\":{},\"uid\":\"U\","
            })
    void whatSaysTheSameIsADuplicateThatIsAnsweredWithSuccess(String said, String saidAgain) {
        String first = withNewUid();
        int before = counted(server.client(), installed);

        assertThat(verdicts(first)).isEqualTo("accepted");
        assertThat(verdicts(first.replace(said, saidAgain))).isEqualTo("duplicates");
        assertThat(verdicts(first)).isEqualTo("duplicates");
        assertThat(counted(server.client(), installed)).isEqualTo(before + 1);
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"a\":1 | \"a\":-1",
                "\"a\":1 | \"a\":1.000000000001",
                "\"a\":1 | \"a\":10000000000000000000000001",
                "\"a\":1,\"b\":12345678901234567890.25 | \"a\":12345678901234567890.25,\"b\":1",
                "12345678901234567890.25 | 12345678901234567890.250000000001",
                "\"acme\" | \"acme2\"",
                "identitym0 | identitym1",
                "20:36:00.123456Z | 20:36:00.123457Z",
                "20:36:00.123456Z | 20:36:00.123456+01:00",
                "20:37:00Z | 20:37:01Z",
                ",\"ets\":\"2024-12-12T20:37:00Z\" | ''",
                "\"x\" | \"X\"",
                "\"y\" | \"z\"",
                "\"extra\" | \"another\"",
                ",\"other\":{\"extra\":\"y\"} | ''"
            })
    void whatSaysSomethingElseUnderAKnownUidIsAConflictAndTheFirstStays(String said, String saidInstead) {
        String first = withNewUid();
        String other = first.replace(said, saidInstead);
        int before = counted(server.client(), installed);
        assertThat(other).isNotEqualTo(first);

        assertThat(verdicts(first)).isEqualTo("accepted");
        assertThat(verdicts(other)).isEqualTo("conflicts");
        // a conflict takes no place: the first is still the one that the uid stands for
        assertThat(verdicts(first)).isEqualTo("duplicates");
        assertThat(verdicts(other)).isEqualTo("conflicts");
        assertThat(counted(server.client(), installed)).isEqualTo(before + 1);
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"a\":1, | ''",
                "\"a\":1 | \"a\":\"1\"",
                "\"a\":1 | \"a\":123456789012345678901234567",
                "\"a\":1 | \"a\":1,\"a\":1",
                "2024-12-12T20:36:00.123456Z | yesterday",
                "2024-12-12T20:36:00.123456Z | 2224-12-12T20:36:00Z",
                "identitym0 | no such meter",
                "\"acme\" | \" acme\"",
                "\"acme\" | 7",
                "\"measure\":{ | \"income\":{"
            })
    void aRefusedMeasurementClaimsNoIdentity(String said, String saidInstead) {
        String right = withNewUid();
        String wrong = right.replace(said, saidInstead);
        assertThat(wrong).isNotEqualTo(right);

        assertThat(verdicts(wrong)).isEqualTo("refused");
        assertThat(verdicts(right)).isEqualTo("accepted");
        assertThat(verdicts(wrong)).isEqualTo("refused");
        assertThat(verdicts(right)).isEqualTo("duplicates");
    }

    @Test
    void ofTwinsInOneRequestTheFirstCounts() {
        String first = withNewUid();

        assertThat(verdicts(first, first.replace("\"a\":1", "\"a\":1.0"), first.replace("\"a\":1", "\"a\":2")))
                .isEqualTo("accepted duplicates conflicts");
    }

    @Test
    void withoutAUidEverySendingCounts() {
        String anonymous = withNewUid().replaceFirst("\"uid\":\"[^\"]*\",", "");

        assertThat(verdicts(anonymous, anonymous)).isEqualTo("accepted 2");
        assertThat(verdicts(anonymous)).isEqualTo("accepted");
        assertThat(verdicts(anonymous.replace("{\"meter\"", "{\"uid\":null,\"meter\"")))
                .isEqualTo("accepted");
    }

    @Test
    void uidsAreTakenToTheLetter() {
        String first = withNewUid();

        assertThat(verdicts(first)).isEqualTo("accepted");
        assertThat(verdicts(first.replace("uid-", "UID-"))).isEqualTo("accepted");
        assertThat(verdicts(first.replace("uid-", " uid-"))).isEqualTo("accepted");
    }

    @Test
    void theSameUuidInOtherLettersIsAnotherUid() {
        String first = withNewUid().replaceFirst("uid-[0-9]*", "0e37df36-f698-11e6-8dd4-cb9ced3df976");

        assertThat(verdicts(first)).isEqualTo("accepted");
        assertThat(verdicts(first)).isEqualTo("duplicates");
        assertThat(verdicts(first.replace("0e37df36", "0E37DF36"))).isEqualTo("accepted");
    }

    @Test
    void identitiesOutliveARestart() {
        String first = withNewUid();
        String uuid = first.replaceFirst("uid-[0-9]*", "1e37df36-f698-11e6-8dd4-cb9ced3df976");
        assertThat(verdicts(first, uuid)).isEqualTo("accepted 2");

        server.restart(() -> {});

        assertThat(verdicts(first, uuid)).isEqualTo("duplicates 2");
        assertThat(verdicts(first.replace("\"a\":1", "\"a\":3"))).isEqualTo("conflicts");
    }

    @Test
    void anotherOrganizationHasUidsOfItsOwn() {
        String first = withNewUid();
        assertThat(verdicts(first)).isEqualTo("accepted");

        List<SecondOrganization> made = new ArrayList<>();
        server.restart(() -> made.add(SecondOrganization.in(data)));
        SecondOrganization second = made.getFirst();
        Client other = new Client(server.http(), server.address(), second.id(), second.apiKey());
        Installed inSecond = world.install(other);

        assertThat(verdicts(other, first)).isEqualTo("accepted");
        assertThat(verdicts(other, first)).isEqualTo("duplicates");
        assertThat(verdicts(first)).isEqualTo("duplicates");
        assertThat(counted(other, inSecond)).isEqualTo(1);
    }

    /** How many measurements count, of both meters and all accounts. */
    private static int counted(Client client, Installed installed) {
        int counted = 0;
        for (String meter : installed.meters().values()) {
            JsonNode answer = client.ask(Map.of(
                    "startDate",
                    "2024-12-01T00:00:00Z",
                    "endDate",
                    "2025-01-01T00:00:00Z",
                    "aggregations",
                    List.of(Map.of("meterId", meter, "fieldCode", "a", "fieldType", "MEASURE", "function", "COUNT"))));
            for (JsonNode row : answer.get("data")) {
                counted += row.get("COUNT.a").intValue();
            }
        }
        return counted;
    }

    private String withNewUid() {
        uids++;
        return FIRST.replace("\n", "").replace("  ", "").replace("\"uid\":\"U\"", "\"uid\":\"uid-%d\"".formatted(uids));
    }

    private String verdicts(String... elements) {
        return verdicts(server.client(), elements);
    }

    /** The verdicts that were given, with their number where it is above 1. */
    private static String verdicts(Client client, String... elements) {
        Client.Answer answer = client.measure(List.of(elements));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().get("result").stringValue()).isEqualTo("accepted");
        List<String> given = new ArrayList<>();
        for (String verdict : List.of("accepted", "duplicates", "conflicts", "refused")) {
            int count = answer.count(verdict);
            if (count > 0) {
                given.add(count == 1 ? verdict : verdict + " " + count);
            }
        }
        return String.join(" ", given);
    }
}
