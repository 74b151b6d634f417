package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class GuardTest {
    private final LiveServer server;
    private final Visitor visitor;

    GuardTest(LiveServer server, Visitor visitor) {
        this.server = server;
        this.visitor = visitor;
    }

    @Test
    void opensWithATokenForBothHalvesOfAKeyWhateverTheBodySays() {
        for (String body :
                new String[] {"", "{\"grant_type\":\"client_credentials\"}", "grant_type=client_credentials"}) {
            Reply token = token(
                            visitor.credentials().accessKey() + ":"
                                    + visitor.credentials().apiSecret(),
                            body)
                    .ok();

            assertThat(token.at("token_type")).isEqualTo("Bearer");
            assertThat(token.at("expires_in")).isEqualTo("18000");
            withAuthorization("Bearer " + token.at("access_token")).ok();
            withAuthorization("bearer  " + token.at("access_token")).ok();
        }
    }

    @Test
    void keepsEarlierTokensValid() {
        String pair =
                visitor.credentials().accessKey() + ":" + visitor.credentials().apiSecret();
        String first = token(pair, "").at("access_token");
        token(pair, "").ok();

        withAuthorization("Bearer " + first).ok();
    }

    @Test
    void givesNoTokenForHalvesThatDoNotBelongTogether() {
        Visitor other = server.visitor(Role.ADMIN);

        token(visitor.credentials().accessKey() + ":" + other.credentials().apiSecret(), "")
                .refused(401, "unauthorized");
        token(visitor.credentials().accessKey() + ":", "").refused(401, "unauthorized");
        token(":" + visitor.credentials().apiSecret(), "").refused(401, "unauthorized");
        token(visitor.credentials().accessKey(), "").refused(401, "unauthorized");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !!!", "Basic", "Basic ", "Bearer x", "Basic /w=="})
    void givesNoTokenForAMalformedCredential(String authorization) {
        Reply refused = visitor.send(visitor.bare("/oauth/token")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.noBody()));

        refused.refused(401, "unauthorized");
        assertThat(refused.headers().firstValue("www-authenticate")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer x", "Bearer x.y", "Bearer .", "Bearer a.b.c", "Basic eDp5", "x"})
    void refusesATokenThatIsNone(String authorization) {
        Reply refused = withAuthorization(authorization).refused(401, "unauthorized");

        assertThat(refused.headers().firstValue("www-authenticate")).hasValue("Bearer realm=\"tallystick\"");
    }

    @Test
    void refusesATokenThatWasChanged() {
        String token = token(
                        visitor.credentials().accessKey() + ":"
                                + visitor.credentials().apiSecret(),
                        "")
                .at("access_token");
        char last = token.charAt(0) == 'A' ? 'B' : 'A';

        withAuthorization("Bearer " + last + token.substring(1)).refused(401, "unauthorized");
        withAuthorization("Bearer " + token + "A").refused(401, "unauthorized");
    }

    @Test
    void refusesWhoShowsNothingOrAWrongKey() {
        String path = "/organizations/" + visitor.organization() + "/products";

        visitor.send(visitor.bare(path)).refused(401, "unauthorized");
        visitor.send(visitor.bare(path).header("X-API-KEY", "")).refused(401, "unauthorized");
        visitor.send(visitor.bare(path)
                        .header("X-API-KEY", visitor.credentials().apiSecret()))
                .refused(401, "unauthorized");
    }

    @Test
    void refusesEveryPathOfAnotherOrganizationWithoutAnotherWord() {
        Visitor other = server.visitor(Role.ADMIN);
        String id = visitor.created("/products", "{'code':'secret','name':'Secret'}");
        Visitor intruder = new Visitor(
                other.client(), other.address(), visitor.organization(), other.credentials(), other.keyId());

        for (Reply reply : new Reply[] {
            intruder.get("/products"),
            intruder.get("/products/" + id),
            intruder.post("/products", "{'code':'x','name':'X'}"),
            intruder.put("/products/" + id, "{'code':'x','name':'X','version':1}"),
            intruder.delete("/products/" + id),
            intruder.post("/measurements", "{}"),
            intruder.post("/usage/query", "{}"),
            intruder.post("/billjobs", "{}"),
            intruder.get("/bills")
        }) {
            assertThat(reply.refused(403, "forbidden").message())
                    .contains(other.organization(), visitor.organization());
        }
        other.get("/products/" + id).refused(404, "not_found");
        assertThat(other.get("/products").size("data")).isZero();
        assertThat(visitor.get("/products/" + id).at("version")).isEqualTo("1");
    }

    @Test
    void refusesReferencesToDocumentsOfAnotherOrganization() {
        String product = server.visitor(Role.ADMIN).created("/products", "{'code':'a','name':'A'}");

        assertThat(visitor.post("/meters", Sample.meter(product))
                        .refused(400, "invalid")
                        .at("faults[0].code"))
                .isEqualTo("unknown_reference");
    }

    @Test
    void letsTheSameCodeBeUsedInTwoOrganizations() {
        visitor.created("/products", "{'code':'same','name':'A'}");

        server.visitor(Role.ADMIN).created("/products", "{'code':'same','name':'B'}");
    }

    @Test
    void letsAReaderLookAtEverythingAndChangeNothing() {
        Sample sample = Sample.of(visitor);
        Visitor reader = server.visitor(visitor.organization(), Role.READ);

        reader.get("/products/" + sample.product()).ok();
        reader.get("/bills").ok();
        reader.post("/usage/query", "{'startDate':'2024-12-01T00:00:00Z','endDate':'2025-01-01T00:00:00Z'}")
                .ok();
        assertThat(reader.post("/products", "{'code':'x','name':'X'}")
                        .refused(403, "forbidden")
                        .message())
                .contains("ADMIN", "READ");
        reader.put("/products/" + sample.product(), "{}").refused(403, "forbidden");
        reader.delete("/pricings/" + sample.pricing()).refused(403, "forbidden");
        reader.post("/billjobs", "{}").refused(403, "forbidden");
        reader.post("/billjobs/x/cancel", "").refused(403, "forbidden");
        reader.post("/measurements", Sample.batch(Sample.measurement("mickey", "1", "1")))
                .refused(403, "forbidden");
    }

    @Test
    void letsASenderSendAndNothingElse() {
        Sample.of(visitor);
        Visitor sender = server.visitor(visitor.organization(), Role.INGEST);

        sender.post("/measurements", Sample.batch(Sample.measurement("mickey", "1", "1")))
                .ok();
        sender.get("/products").refused(403, "forbidden");
        sender.post("/usage/query", "{}").refused(403, "forbidden");
        sender.post("/products", "{}").refused(403, "forbidden");
        sender.get("/bills").refused(403, "forbidden");
    }

    private Reply token(String pair, String body) {
        return visitor.send(visitor.bare("/oauth/token")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Reply withAuthorization(String value) {
        return visitor.send(visitor.bare("/organizations/" + visitor.organization() + "/products")
                .header("Authorization", value));
    }
}
