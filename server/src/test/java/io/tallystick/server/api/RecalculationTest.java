package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import io.tallystick.server.settings.Settings;
import io.tallystick.server.settings.SettingsAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pending bill of a server that looks every second whether there is new usage. */
@Timeout(120)
final class RecalculationTest {
    private final LiveServer server = LiveServer.start(everySecond());

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void pendingBillFollowsUsageUntilItIsApproved() {
        Visitor visitor = server.visitor(Role.ADMIN);
        Sample sample = Sample.of(visitor);
        visitor.created("/billjobs", "{'billDate':'2025-01-01'}");
        awaitTotal(visitor, sample, "0");

        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();
        Reply bill = awaitTotal(visitor, sample, "0.94");

        assertThat(bill.at("version")).isEqualTo("2");
        visitor.put("/bills/%s/status".formatted(bill.at("id")), "{'status':'APPROVED'}")
                .ok();
        Sample other = Sample.of(server.visitor(Role.ADMIN));
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();
        other.visitor().created("/billjobs", "{'billDate':'2025-01-01'}");
        awaitTotal(other.visitor(), other, "0");
        other.visitor()
                .post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();
        awaitTotal(other.visitor(), other, "0.94");
        assertThat(visitor.get("/bills/" + bill.at("id")).ok().at("billTotal"))
                .as("a round after its approval")
                .isEqualTo("0.94");
    }

    private static Reply awaitTotal(Visitor visitor, Sample sample, String total) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> visitor.get("/bills/latest/" + sample.account()), reply -> reply.at("billTotal")
                        .equals(total));
    }

    private static Settings everySecond() {
        SettingsAnswer read = Settings.read(Map.of(), Map.of("TALLYSTICK_BILLING_RECALCULATE_EVERY", "1s"));
        return ((SettingsAnswer.Complete) read).settings();
    }
}
