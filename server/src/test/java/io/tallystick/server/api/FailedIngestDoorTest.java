package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LiveServer.Extension.class)
final class FailedIngestDoorTest {
    private static final String URL = "/measurements/failedIngest/getDownloadUrl?file=";

    private final Visitor visitor;
    private final String file;

    FailedIngestDoorTest(Visitor visitor) {
        this.visitor = visitor;
        visitor.post(
                        "/measurements",
                        Sample.batch("{'uid':'lost','meter':'nobody','account':'a','ts':'2024-12-12T20:36:00Z'}"))
                .ok();
        file = visitor.get("/events?eventName=ingest.validation.failure").at("data[0].m3terEvent.file");
    }

    @Test
    void leadsFromTheEventToTheRefusedMeasurementWithoutACredential() {
        String url = visitor.get(URL + file).ok().at("url");

        Reply loaded = visitor.send(HttpRequest.newBuilder(URI.create(url)));

        assertThat(loaded.ok().at("payload.uid")).isEqualTo("lost");
        assertThat(loaded.at("reason")).isEqualTo("undefined_meter");
    }

    @Test
    void opensNothingElseAndNotForLonger(LiveServer server) {
        String url = visitor.get(URL + file).ok().at("url");
        String until = url.replaceAll(".*until=([0-9]+).*", "$1");
        String signature = url.replaceAll(".*signature=", "");

        for (String changed : new String[] {
            url.replace("until=" + until, "until=" + (Long.parseLong(until) + 1)),
            url.replace("until=" + until, "until=1"),
            url.replace(file, "refused-1-99.json"),
            url.replace(visitor.organization(), server.visitor(Role.READ).organization()),
            url.replace(signature, ""),
            url.substring(0, url.indexOf('?'))
        }) {
            visitor.send(HttpRequest.newBuilder(URI.create(changed))).refused(403, "forbidden");
        }
        visitor.send(visitor.bare("/organizations/" + visitor.organization() + "/products")
                        .header("Authorization", "Bearer x." + signature))
                .refused(401, "unauthorized");
    }

    @Test
    void knowsOnlyTheFilesOfItsOwnOrganization(LiveServer server) {
        server.visitor(Role.READ).get(URL + file).refused(404, "not_found");
        visitor.get(URL + "passwd").refused(404, "not_found");
        visitor.get("/measurements/failedIngest/getDownloadUrl").refused(400, "invalid");
    }
}
