package io.tallystick.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each rule of {@link HouseTest} finds the faults planted for it, and nothing else. */
final class PlantedFaultsTest {
    @Test
    void findsRoomsWithoutMarks() {
        assertThat(subjects(DoorRules.marks(House.planted("doors")))).containsExactly("bare", "loose", "roomless");
    }

    @Test
    void findsImportsWithoutDoorAndDoorsWithoutImport() {
        assertThat(DoorRules.doors(House.planted("doors")))
                .extracting(Fault::toString)
                .containsExactly(
                        "[doors idler -> vault] Expected every door of idler to be used, but it imports nothing of vault."
                                + " Remove the door from its package-info and from ARCHITECTURE.md.",
                        "[doors thief -> vault] Expected thief to import from its doors [] only, but it imports vault."
                                + " Move what is needed, or add the door to its package-info and to ARCHITECTURE.md.");
    }

    @Test
    void findsAnImportThatLeavesNoTraceInTheClassFile() throws IOException {
        House planted = House.planted("doors");
        Source source = Source.of(
                "core/src/main/java/io/tallystick/planted/doors/idler/Idler.java",
                """
                package io.tallystick.planted.doors.idler;

                import static io.tallystick.planted.doors.street.Beggar.MOST;
                """);

        assertThat(subjects(DoorRules.doors(new House(planted.root(), planted.classes(), List.of(source)))))
                .containsExactly("idler -> street", "idler -> vault", "thief -> vault");
    }

    @Test
    void findsDoorsInNoOrder() {
        assertThat(subjects(DoorRules.order(House.planted("doors")))).containsExactly("muddle");
    }

    @Test
    void findsImportsThatComeBack() {
        assertThat(subjects(DoorRules.cycles(House.planted("cycle")))).containsExactly("egg", "hen");
    }

    @Test
    void findsWhoKnowsTheWiring() {
        assertThat(subjects(DoorRules.wiring(House.planted("wiring")))).containsExactly("server.api");
    }

    @Test
    void findsAPackageInAnotherModule() throws IOException {
        Source astray = Source.of("core/src/main/java/io/tallystick/server/X.java", "package io.tallystick.server;");
        Source home =
                Source.of("core/src/main/java/io/tallystick/serverless/X.java", "package io.tallystick.serverless;");

        assertThat(subjects(DoorRules.modules(List.of(astray, home)))).containsExactly(astray.path());
    }

    @Test
    void findsWhateverLeadsOutOfARoom() {
        assertThat(subjects(WorldRules.world(House.planted("world"))))
                .containsExactly(
                        "gadabout.Chatterbox -> java.io.PrintStream",
                        "gadabout.Chatterbox -> java.lang.System.out",
                        "gadabout.Chatterbox -> java.util.logging.Logger",
                        "gadabout.Clockwatcher -> java.lang.System.currentTimeMillis",
                        "gadabout.Clockwatcher -> java.time.Clock",
                        "gadabout.Clockwatcher -> java.time.Instant.now",
                        "gadabout.Debtor -> com.tngtech.archunit.core.domain.JavaClass",
                        "gadabout.Debtor -> io.tallystick.planted.world.server.Edge",
                        "gadabout.Employer -> java.lang.Thread.<init>",
                        "gadabout.Employer -> java.lang.Thread.ofVirtual",
                        "gadabout.Employer -> java.util.List.parallelStream",
                        "gadabout.Employer -> java.util.concurrent.CompletableFuture.supplyAsync",
                        "gadabout.Employer -> java.util.concurrent.Executors",
                        "gadabout.Gambler -> java.lang.Math.random",
                        "gadabout.Gambler -> java.util.Random",
                        "gadabout.Gambler -> java.util.UUID.randomUUID",
                        "gadabout.Reader -> java.io.IOException",
                        "gadabout.Reader -> java.net.Socket",
                        "gadabout.Reader -> java.nio.file.Files",
                        "gadabout.Reader -> java.nio.file.Path");
    }

    @Test
    void findsNamesThatFitAnything() {
        assertThat(subjects(NameRules.types(House.planted("names"))))
                .containsExactly(
                        "tier.AbstractTier",
                        "tier.BaseTier",
                        "tier.DefaultTier",
                        "tier.TierData",
                        "tier.TierHelper",
                        "tier.TierImpl",
                        "tier.TierManager",
                        "tier.TierService",
                        "tier.TierUtil",
                        "tier.TierUtils");
        assertThat(subjects(NameRules.packages(House.planted("names")))).containsExactly("price.impl", "util");
    }

    @Test
    void findsAnArrowThatIsMissingAndOneTooMany() {
        String page =
                """
                # A page

                ```mermaid
                graph TD
                    thief --> vault
                    muddle --> vault & street
                ```
                """;

        assertThat(Picture.drawn(page))
                .containsExactly("muddle --> street", "muddle --> vault", "thief --> vault")
                .isNotEqualTo(Picture.of(House.planted("doors").doors()));
        assertThat(Picture.of(Map.of("muddle", List.of("vault", "street"), "thief", List.of("vault"))))
                .isEqualTo(Picture.drawn(page));
    }

    @Test
    void refusesAPageWithoutPicture() {
        assertThatThrownBy(() -> Picture.drawn("# A page\n"))
                .hasMessage("Expected one mermaid graph in ARCHITECTURE.md, but there are 0.");
    }

    @Test
    void findsNamesThatNobodyWrote() throws IOException {
        Source source = Source.of(
                "core/src/test/java/io/tallystick/rating/RatingTest.java",
                "package io.tallystick.rating; class RatingTest { void rates() {} }");

        assertThat(PageNames.unknown(
                        "`RatingTest.rates` and `RatingTest`, but not `RatingTest.rateses`, `Rater` or `XJson`",
                        List.of(source)))
                .containsExactly("Rater", "RatingTest.rateses");
    }

    @Test
    void takesAnExemptionForOneSizeAndMissesOneThatIsNoLongerNeeded() {
        Exemptions exemptions = Exemptions.of(
                List.of("# sizes", "", "room-files usage 29: a reason", "room-files rating 26: another reason"));

        assertThat(exemptions.remaining(List.of(
                        new Fault("room-files", "usage 29", "known"), new Fault("room-files", "billing 26", "new"))))
                .containsExactly(
                        "[room-files billing 26] new",
                        "Expected every line of house-exemptions.txt to be needed, but \"room-files rating 26\" is not."
                                + " Delete it, or write the smaller size.");
    }

    @Test
    void refusesAnExemptionWithoutReason() {
        assertThatThrownBy(() -> Exemptions.of(List.of("room-files usage 29: ")))
                .hasMessage("Expected lines `rule subject: reason` in house-exemptions.txt, but one is: "
                        + "room-files usage 29: ");
    }

    private static List<String> subjects(List<Fault> faults) {
        return faults.stream().map(Fault::subject).toList();
    }
}
