package io.tallystick.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the house against its own rules. What each rule is for stands in ARCHITECTURE.md and CONTRIBUTING.md; that each
 * can fail is shown by {@link PlantedFaultsTest}.
 */
final class HouseTest {
    private static final Path EXEMPTIONS = Path.of("src", "test", "resources", "house-exemptions.txt");

    /** May be made smaller, never larger. */
    private static final int EXEMPTIONS_MAX = 2;

    private static House house = new House("", List.of(), List.of());

    @BeforeAll
    static void look() throws IOException {
        house = House.built();
    }

    @Test
    void standsBeforeUsWhole() {
        assertThat(house.packages()).contains("billing", "server.api", "cli");
        assertThat(house.sources()).hasSizeGreaterThan(200);
    }

    @Test
    void everyRoomIsMarked() {
        assertThat(DoorRules.marks(house)).isEmpty();
    }

    @Test
    void everyRoomExplainsItself() {
        assertThat(SourceRules.unexplainedRooms(house.sources())).isEmpty();
    }

    @Test
    void roomsImportWhatTheirDoorsSayAndNothingElse() {
        assertThat(DoorRules.doors(house)).isEmpty();
        assertThat(DoorRules.order(house)).isEmpty();
    }

    @Test
    void importsNeverComeBack() {
        assertThat(DoorRules.cycles(house)).isEmpty();
    }

    @Test
    void nobodyButTheCommandLineKnowsTheWiring() {
        assertThat(DoorRules.wiring(house)).isEmpty();
    }

    @Test
    void packagesStandInTheirModules() {
        assertThat(DoorRules.modules(house.sources())).isEmpty();
    }

    @Test
    void pictureShowsTheDoors() throws IOException {
        assertThat(Picture.drawn(Files.readString(Path.of("..", "ARCHITECTURE.md"))))
                .as("the arrows in ARCHITECTURE.md; drawn from the annotations they are:%n%s%n"
                        .formatted(Picture.drawing(house.doors())))
                .isEqualTo(Picture.of(house.doors()));
    }

    @Test
    void architectureNamesWhatThereIs() throws IOException {
        assertThat(PageNames.unknown(Files.readString(Path.of("..", "ARCHITECTURE.md")), house.sources()))
                .as("types and tests that ARCHITECTURE.md names and nobody wrote")
                .isEmpty();
    }

    @Test
    void roomsTouchNothingOutside() {
        assertThat(WorldRules.world(house)).isEmpty();
    }

    @Test
    void classPathOfTheRoomsIsOneJarOfAnnotations() throws IOException {
        String classPath = Files.readString(Path.of("..", "core", "target", "class-path.txt"));

        assertThat(Arrays.stream(classPath.strip().split(File.pathSeparator, -1))
                        .map(jar -> Path.of(jar).getFileName().toString()))
                .containsExactly("jspecify-1.0.0.jar");
    }

    @Test
    void everyTestRunsAndNoneSleeps() {
        assertThat(SourceRules.sleepingOrSkippedTests(house.sources())).isEmpty();
    }

    @Test
    void suppressionsSayWhy() {
        assertThat(SourceRules.suppressionsWithoutReason(house.sources())).isEmpty();
    }

    @Test
    void sizesAndNamesAreWithinLimitsButForTheExemptions() throws IOException {
        List<Fault> faults = Stream.of(
                        NameRules.types(house),
                        NameRules.packages(house),
                        SourceRules.fileLines(house.sources()),
                        SourceRules.methodLines(house.sources()),
                        SourceRules.roomFiles(house.sources()),
                        SourceRules.constructorParameters(house.sources()))
                .flatMap(List::stream)
                .toList();

        assertThat(Exemptions.read(EXEMPTIONS).remaining(faults)).isEmpty();
    }

    @Test
    void exemptionsOnlyShrink() throws IOException {
        assertThat(Exemptions.read(EXEMPTIONS).reasons()).hasSizeLessThanOrEqualTo(EXEMPTIONS_MAX);
    }
}
