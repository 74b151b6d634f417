package io.tallystick.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fields that change money and are not built yet: refused as declared, and told in docs/api.md as declared. */
final class NotYetSupportedTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "tallystick", "server", "json");
    private static final Map<String, Shape<?>> SHAPES = shapes();

    /** Frequencies, of which those are supported that repeat: {@code Types.FREQUENCY}, the only {@code Types.choiceOf}. */
    private static final List<Choice> CHOICES = List.of(
            new Choice("plantemplates", Shapes.PLAN_TEMPLATE, "billFrequency"),
            new Choice("billjobs", Shapes.BILL_JOB_REQUEST, "billingFrequency"));

    private record Choice(String resource, Shape<?> shape, String field) {}

    private static Map<String, Shape<?>> shapes() {
        Map<String, Shape<?>> shapes = new LinkedHashMap<>();
        shapes.put("aggregations", Shapes.AGGREGATION);
        shapes.put("plantemplates", Shapes.PLAN_TEMPLATE);
        shapes.put("plans", Shapes.PLAN);
        shapes.put("pricings", Shapes.PRICING);
        shapes.put("pricings, in a band", PricingJson.BandJson.SHAPE);
        shapes.put("accounts", Shapes.ACCOUNT);
        shapes.put("accountplans", Shapes.ACCOUNT_PLAN);
        shapes.put("organizationconfig", Shapes.ORGANIZATION_CONFIG);
        shapes.put("billjobs", Shapes.BILL_JOB_REQUEST);
        return shapes;
    }

    @Test
    void pageTellsEveryFieldWithItsNeutralValue() throws IOException {
        List<List<String>> declared = new ArrayList<>();
        CHOICES.forEach(
                choice -> declared.add(List.of(choice.resource(), choice.field(), "DAILY, WEEKLY, MONTHLY, ANNUALLY")));
        SHAPES.forEach((resource, shape) -> shape.neutrals()
                .forEach(neutral -> declared.add(List.of(
                        resource,
                        neutral.name(),
                        neutral.value().map(Json::shown).orElse("none")))));

        assertThat(ApiPage.rows("resource", "field", "accepted value"))
                .as(() -> "the last table of docs/api.md; it should be\n" + String.join("\n", drawn(declared)))
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void noDeclarationIsForgottenHere() throws IOException {
        assertThat(SHAPES.values().stream()
                        .mapToLong(shape -> shape.neutrals().size())
                        .sum())
                .isEqualTo(inSources("Neutral\\.(absent|hidden|of)\\("));
        assertThat(CHOICES).hasSize(Math.toIntExact(inSources("Types\\.FREQUENCY,")));
        assertThat(inSources("[^>] choiceOf\\(")).isOne();
    }

    @Test
    void frequenciesThatDoNotRepeatAreRefused() {
        for (Choice choice : CHOICES) {
            assertThat(unsupported(choice.shape(), choice.field(), Json.of("AD_HOC")))
                    .hasSize(1);
            assertThat(unsupported(choice.shape(), choice.field(), Json.of("MONTHLY")))
                    .isEmpty();
        }
    }

    private static List<String> unsupported(Shape<?> shape, String field, Json value) {
        Faults faults = new Faults();
        shape.read(Json.obj().with(field, value).build(), View.WIRE, faults, () -> "id");
        return faults.found().stream()
                .filter(fault -> fault.code() == Fault.Code.NOT_YET_SUPPORTED)
                .map(Fault::message)
                .toList();
    }

    private static long inSources(String regex) throws IOException {
        Pattern pattern = Pattern.compile(regex);
        long count = 0;
        try (Stream<Path> files = Files.walk(SOURCES).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                count += pattern.matcher(Files.readString(file)).results().count();
            }
        }
        return count;
    }

    private static List<String> drawn(List<List<String>> rows) {
        return rows.stream()
                .map(row -> "| `%s` | `%s` | %s |"
                        .formatted(row.get(0), row.get(1), row.get(2).equals("none") ? "none" : "`" + row.get(2) + "`"))
                .toList();
    }
}
