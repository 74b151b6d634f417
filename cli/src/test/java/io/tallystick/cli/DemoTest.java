package io.tallystick.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a real process: its bills against arithmetic on paper, what it leaves behind, how it ends. */
@Timeout(180)
final class DemoTest {
    private static final Pattern CURL = Pattern.compile("curl -H 'X-API-KEY: (\\S+)' (http://\\S+)");

    @TempDir
    private Path directory;

    private Path temporary;

    @BeforeEach
    void makeATemporaryDirectoryOfItsOwn() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
    }

    @Test
    void printsTheBillsThatArithmeticOnPaperGivesInEveryRunAndLeavesNothingBehind() throws Exception {
        for (int run = 1; run <= 2; run++) {
            try (Program program = demo("--once")) {
                String output = program.remainingOutput();

                assertThat(program.exitCode()).as(program.errors()).isZero();
                assertThat(rows(output)).as("run %d", run).containsExactlyElementsOf(expectedRows());
                assertThat(program.errors().lines()).allMatch(line -> line.startsWith("demo: "));
                assertThat(demoDirectories()).isEmpty();
            }
        }
    }

    @Test
    void keepsRunningWithALineThatOpensABillAndCleansUpOnSigterm() throws Exception {
        try (Program program = demo();
                HttpClient client = HttpClient.newHttpClient()) {
            Matcher curl = CURL.matcher(program.nextLine());
            while (!curl.find()) {
                curl = CURL.matcher(program.nextLine());
            }

            HttpResponse<String> lines = client.send(
                    HttpRequest.newBuilder(URI.create(curl.group(2)))
                            .header("X-API-KEY", curl.group(1))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(lines.statusCode()).isEqualTo(200);
            LambdaBill mickey = LambdaBill.of(LambdaExample.CUSTOMERS.getFirst().usage());
            assertThat(lines.body())
                    .contains("\"exactAmount\":" + mickey.exactDuration().toPlainString())
                    .contains("\"bandUsage\":[{");
            assertThat(demoDirectories()).hasSize(1);

            program.terminate();

            assertThat(program.exitCode()).isZero();
            assertThat(demoDirectories()).isEmpty();
        }
    }

    @Test
    void keepsADirectoryThatWasNamedAndRefusesItTheNextTime() throws Exception {
        Path data = directory.resolve("mine");
        try (Program first = demo("--once", "--data", data.toString())) {
            assertThat(first.exitCode()).as(first.errors()).isZero();
        }
        assertThat(data.resolve("documents.sqlite")).isNotEmptyFile();
        assertThat(demoDirectories()).isEmpty();

        try (Program second = demo("--once", "--data", data.toString())) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.errors()).startsWith("Expected an empty directory, but " + data + " has '");
        }
    }

    @Test
    void refusesADirectoryWithAFileInItAndTouchesNothing() throws Exception {
        Path given = Files.createDirectory(directory.resolve("given"));
        Path kept = Files.writeString(given.resolve("kept.txt"), "kept");

        try (Program program = demo("--data", given.toString())) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.remainingOutput()).isEmpty();
            assertThat(program.errors().lines())
                    .containsExactly(
                            "Expected an empty directory, but %s has 'kept.txt' in it. Choose another with --data."
                                    .formatted(given));
        }
        try (Stream<Path> entries = Files.list(given)) {
            assertThat(entries).containsExactly(kept);
        }
    }

    @Test
    void exitsWith2WhereThePortIsNone() throws Exception {
        try (Program program = demo("--port", "http")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.errors().lines())
                    .containsExactly(
                            "--port: Expected a port number from 0 to 65535, but was 'http'",
                            "Try 'tallystick demo --help'.");
        }
    }

    @Test
    void exitsWith1AndLeavesNothingWhereThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                Program program = demo("--port", "" + taken.getLocalPort())) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.errors()).contains("Expected to listen on 127.0.0.1:" + taken.getLocalPort());
            assertThat(demoDirectories()).isEmpty();
        }
    }

    private Program demo(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("demo"));
        all.addAll(List.of(arguments));
        return Program.start(directory, List.of("-Djava.io.tmpdir=" + temporary), all.toArray(String[]::new));
    }

    /** Without the libraries that the drivers unpack where none lies beside the program. */
    private List<Path> demoDirectories() throws IOException {
        try (Stream<Path> entries = Files.list(temporary)) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    /** The cells of the table below its heading, without commas between thousands. */
    private static List<List<String>> rows(String output) {
        return output.lines()
                .filter(line -> line.startsWith("│"))
                .skip(1)
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("│", -1))
                        .map(cell -> cell.replace(",", "").strip())
                        .toList())
                .toList();
    }

    private static List<List<String>> expectedRows() {
        List<List<String>> rows = new ArrayList<>();
        List<LambdaBill> bills = new ArrayList<>();
        for (LambdaExample.Customer customer : LambdaExample.CUSTOMERS) {
            LambdaBill bill = LambdaBill.of(customer.usage());
            bills.add(bill);
            rows.add(row(customer.name(), "", "", "", "", "", ""));
            rows.addAll(linesOf(bill));
            rows.add(row("total", "", "", "", "", "", money(bill.total())));
        }
        rows.add(row("All accounts", "", "", "", "", "", ""));
        rows.addAll(sums(bills));
        rows.add(row("total", "", "", "", "", "", money(sum(bills, LambdaBill::total))));
        return rows;
    }

    private static List<List<String>> linesOf(LambdaBill bill) {
        String requests = plain(bill.requestUnits());
        String exactRequests = plain(bill.exactRequests());
        String duration = plain(bill.gigabyteSeconds());
        String exactDuration = plain(bill.exactDuration());
        return List.of(
                row("requests", "121", requests, "1M requests", "", exactRequests, money(bill.requestsCharged())),
                row("above 0", "", requests, "", plain(LambdaBill.REQUEST_PRICE), exactRequests, ""),
                row("duration", duration, duration, "GB-s", "", exactDuration, money(bill.durationCharged())),
                row("above 0", "", duration, "", plain(LambdaBill.FIRST_PRICE), exactDuration, ""));
    }

    private static List<List<String>> sums(List<LambdaBill> bills) {
        String duration = plain(sum(bills, LambdaBill::gigabyteSeconds));
        return List.of(
                row(
                        "requests",
                        "363",
                        plain(sum(bills, LambdaBill::requestUnits)),
                        "1M requests",
                        "",
                        plain(sum(bills, LambdaBill::exactRequests)),
                        money(sum(bills, LambdaBill::requestsCharged))),
                row(
                        "duration",
                        duration,
                        duration,
                        "GB-s",
                        "",
                        plain(sum(bills, LambdaBill::exactDuration)),
                        money(sum(bills, LambdaBill::durationCharged))));
    }

    private static List<String> row(String... cells) {
        return List.of(cells);
    }

    private static BigDecimal sum(List<LambdaBill> bills, Function<LambdaBill, BigDecimal> number) {
        return bills.stream().map(number).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static String money(BigDecimal amount) {
        return amount.setScale(2).toPlainString();
    }
}
