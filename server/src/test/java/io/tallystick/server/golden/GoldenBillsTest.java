package io.tallystick.server.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import io.tallystick.server.api.LiveServer;
import io.tallystick.server.api.Visitor;
import io.tallystick.server.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case under {@code bills}. With {@code -Dtallystick.write-bills=true} the files get the bills as they are now, and
 * the tests fail, so that nobody takes them for right before the difference was read.
 */
@Timeout(300)
@ExtendWith(LiveServer.Extension.class)
final class GoldenBillsTest {
    private static final Path BILLS = Path.of("src", "test", "resources", "bills");
    private static final int AT_LEAST = 60;

    private final LiveServer server;

    GoldenBillsTest(LiveServer server) {
        this.server = server;
    }

    static List<GoldenBill> cases() {
        try (Stream<Path> files = Files.walk(BILLS)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .map(GoldenBill::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void billIsAsItsFileSays(GoldenBill golden) {
        Visitor visitor = server.visitor(Role.ADMIN);
        Stage stage = new Stage(visitor);
        golden.given().forEach(stage::play);

        if (Boolean.getBoolean("tallystick.write-bills")) {
            golden.write(stage.printed());
        }
        assertThat(stage.printed()).isEqualToNormalizingNewlines(golden.expected());
        for (Json.Obj bill : stage.bills()) {
            Pencil.check(bill, stage::rounded);
            OpenedBill.check(visitor, bill);
        }
        assertThat(Boolean.getBoolean("tallystick.write-bills"))
                .as("the bills were written; read the difference and run without -Dtallystick.write-bills")
                .isFalse();
    }

    @Test
    void thereAreManyCases() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    }
}
