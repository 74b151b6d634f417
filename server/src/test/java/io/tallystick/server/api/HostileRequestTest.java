package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.api.RawHttp.Raw;
import io.tallystick.server.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-meaning client sends. Whatever it is, the answer is JSON and says nothing of the inside. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class HostileRequestTest {
    private static final String BODY = "{\"code\":\"code\",\"name\":\"name\"}";

    private final LiveServer server;
    private final Visitor visitor;

    HostileRequestTest(LiveServer server, Visitor visitor) {
        this.server = server;
        this.visitor = visitor;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/products/%zz", "/products/%", "/products?ids=%zz", "/products?ids=%", "/products/\u0001"})
    void refusesAPathThatIsNotWellFormedInJson(String path) {
        assertBroken(only("GET", path, "", ""), 400, "malformed");
    }

    @Test
    void refusesAHundredKilobytesOfHeader() {
        assertBroken(only("GET", "/products", "X-Big: " + "a".repeat(100_000) + "\r\n", ""), 400, "malformed");
    }

    @Test
    void refusesAPathOfAHundredKilobytes() {
        assertBroken(only("GET", "/products/" + "a".repeat(100_000), "", ""), 414, "too_large");
    }

    @Test
    void refusesHttp10WithTheVersionItExpects() {
        try (RawHttp connection = new RawHttp(server.port())) {
            Raw answer = connection
                    .write("GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n")
                    .next();

            assertBroken(answer, 505, "malformed");
        }
    }

    @Test
    void refusesWhatIsNoHttpAtAll() {
        try (RawHttp connection = new RawHttp(server.port())) {
            assertBroken(connection.write("GARBAGE\r\n\r\n").next(), 400, "malformed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-5", "1e3"})
    void refusesALengthThatIsNone(String length) {
        assertBroken(only("POST", "/products", "Content-Length: " + length + "\r\n", BODY), 400, "malformed");
    }

    @Test
    void refusesALengthBesideChunks() {
        Raw answer = only(
                "POST", "/products", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", chunk(BODY) + chunk(""));

        assertBroken(answer, 400, "malformed");
    }

    @Test
    void refusesABodyThatEndsBeforeItsLength() {
        try (RawHttp connection = new RawHttp(server.port())) {
            connection
                    .write(head("POST", "/products", "Content-Length: 100\r\n") + BODY)
                    .endOutput();

            assertBroken(connection.next(), 400, "malformed");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n", "-1\r\n{}\r\n", "5\r\n{}\r\n0\r\n\r\n", "ffffffff\r\n{}\r\n"})
    void refusesBrokenChunksAndReadsNothingMoreFromTheConnection(String chunks) {
        try (RawHttp connection = new RawHttp(server.port())) {
            connection
                    .write(head("POST", "/products", "Transfer-Encoding: chunked\r\n") + chunks)
                    .endOutput();

            assertBroken(connection.next(), 400, "malformed");
            assertThat(connection.isClosed()).isTrue();
        }
        assertThat(visitor.get("/products").ok().size("data")).isZero();
    }

    @Test
    void readsChunks() {
        Raw answer = only("POST", "/products", "Transfer-Encoding: chunked\r\n", chunk(BODY) + chunk(""));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() {
        try (RawHttp connection = new RawHttp(server.port())) {
            connection.write(head("GET", "/products", "")
                    + head("GET", "/nothing", "")
                    + head("GET", "/meters", "Connection: close\r\n"));

            assertThat(connection.untilClosed()).extracting(Raw::status).containsExactly(200, 404, 200);
        }
    }

    @Test
    void closesTheConnectionWhenAClientAsksForIt() {
        try (RawHttp connection = new RawHttp(server.port())) {
            connection.write(head("GET", "/products", "Connection: close\r\n"));

            assertThat(connection.next().status()).isEqualTo(200);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void takesNoPartOfARefusedBodyForTheNextRequest() {
        String smuggled = head("DELETE", "/products/x", "");
        String body = smuggled + "x".repeat(2 << 20);
        try (RawHttp connection = new RawHttp(server.port())) {
            connection.write(head("POST", "/products", "Content-Length: %d\r\n".formatted(body.length()))
                    + body
                    + head("GET", "/products", "Connection: close\r\n"));

            assertThat(connection.untilClosed()).extracting(Raw::status).containsExactly(413, 200);
        }
    }

    @Test
    void closesTheConnectionInsteadOfReadingAHugeBody() {
        try (RawHttp connection = new RawHttp(server.port())) {
            connection.write(head("POST", "/products", "Content-Length: 99999999999\r\n"));

            assertBroken(connection.next(), 413, "too_large");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void answersHeadWithoutABody() {
        try (RawHttp connection = new RawHttp(server.port())) {
            connection.write(head("HEAD", "/products", "") + head("GET", "/products", "Connection: close\r\n"));

            assertThat(connection.nextHead().status()).isEqualTo(200);
            assertThat(connection.next().body()).isEqualTo("{\"data\":[]}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "PATCH", "DELETE", "BREW"})
    void namesTheMethodsOfAPathThatHasOthers(String method) {
        Raw answer = only(method, "/products", "", "");

        assertBroken(answer, 405, "method_not_allowed");
        assertThat(answer.header("allow")).isEqualTo("GET, HEAD, POST");
    }

    @Test
    void ignoresTheContentType() {
        String headers = "Content-Type: ;;;\r\nContent-Length: %d\r\n".formatted(BODY.length());

        assertThat(only("POST", "/products", headers, BODY).status()).isEqualTo(200);
    }

    @Test
    void unpacksGzipAndBothFormsOfDeflate() throws IOException {
        for (Packing packing : Packing.values()) {
            String body = "{\"code\":\"%s\",\"name\":\"name\"}".formatted(packing);
            visitor.postBytes("/products", packing.pack(body), "Content-Encoding", packing.coding)
                    .ok();
        }

        assertThat(visitor.get("/products").all("code")).containsExactly("BARE", "ZLIB", "GZIP");
    }

    @Test
    void refusesWhatIsPackedOtherwiseThanItSays() throws IOException {
        byte[] gzip = Packing.GZIP.pack(BODY);
        byte[] truncated = Arrays.copyOf(gzip, gzip.length - 12);

        visitor.postBytes("/products", truncated, "Content-Encoding", "gzip").refused(400, "malformed");
        visitor.postBytes("/products", bytes(BODY), "Content-Encoding", "gzip").refused(400, "malformed");
        visitor.postBytes("/products", gzip, "Content-Encoding", "deflate").refused(400, "malformed");
        visitor.postBytes("/products", gzip, "Content-Encoding", "br").refused(400, "malformed");
        visitor.postBytes("/products", gzip, "Content-Encoding", "gzip, gzip").refused(400, "malformed");
        visitor.postBytes("/products", gzip).refused(400, "malformed");
        assertThat(visitor.get("/products").size("data")).isZero();
    }

    @Test
    void stopsUnpackingABombAtTheLimit() throws IOException {
        byte[] bomb = bomb(10L << 30);
        assertThat(bomb.length).isBetween(9_000_000, 12_000_000);
        visitor.get("/products").ok();
        long start = System.nanoTime();

        Reply reply = visitor.postBytes("/measurements", bomb, "Content-Encoding", "gzip");

        reply.refused(413, "too_large");
        // unpacking all of it takes more than ten seconds
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    private enum Packing {
        GZIP("gzip"),
        ZLIB("deflate"),
        BARE("deflate");

        private final String coding;

        Packing(String coding) {
            this.coding = coding;
        }

        byte[] pack(String text) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out =
                    switch (this) {
                        case GZIP -> new GZIPOutputStream(packed);
                        case ZLIB -> new DeflaterOutputStream(packed);
                        case BARE -> new DeflaterOutputStream(packed, new Deflater(9, true));
                    }) {
                out.write(bytes(text));
            }
            return packed.toByteArray();
        }
    }

    /** So many zeros, packed: of the stream of a mebibyte of them, the middle repeats. */
    private static byte[] bomb(long size) throws IOException {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(member)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                gzip.write(zeros);
            }
        }
        // a gzip stream may have many members, one after the other
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        for (long unpacked = 0; unpacked < size; unpacked += 64L << 20) {
            bomb.write(member.toByteArray());
        }
        return bomb.toByteArray();
    }

    private Raw only(String method, String path, String headers, String body) {
        try (RawHttp connection = new RawHttp(server.port())) {
            return connection.write(head(method, path, headers) + body).next();
        }
    }

    private String head(String method, String path, String headers) {
        return "%s /organizations/%s%s HTTP/1.1\r\nHost: localhost:%d\r\nX-API-KEY: %s\r\n%s\r\n"
                .formatted(
                        method,
                        visitor.organization(),
                        path,
                        server.port(),
                        visitor.credentials().apiKey(),
                        headers);
    }

    private static String chunk(String text) {
        return "%x\r\n%s\r\n".formatted(text.length(), text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertBroken(Raw answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        Json.Obj body = Reply.parsed(answer.body());
        assertThat(body.member("code")).hasValue(Json.of(code));
        assertThat(answer.body())
                .startsWith("{\"message\":\"Expected ")
                .contains(", but")
                .doesNotContain("Exception", "io.helidon", "java.", "\tat ");
    }

    @Test
    void saysOfUnknownPathsThatTheyAreNone() {
        for (String path : List.of("/", "/health", "/health/x", "/oauth", "/organizations", "/organizations/")) {
            assertThat(visitor.send(visitor.bare(path).GET())
                            .refused(404, "not_found")
                            .message())
                    .endsWith("but was " + path + ".");
        }
        visitor.get("/nothing").refused(404, "not_found");
        visitor.get("/products/%00").refused(404, "not_found");
        visitor.get("/products/%FF").refused(404, "not_found");
        visitor.get("/products/" + "x".repeat(81)).refused(404, "not_found");
        visitor.get("/products/%20").refused(404, "not_found");
    }
}
