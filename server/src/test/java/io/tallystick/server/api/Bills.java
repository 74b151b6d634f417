package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Somebody who has bills made. */
record Bills(Visitor visitor) {
    /** A job when it has ended. */
    Reply done(String body) {
        String id = visitor.created("/billjobs", body);
        Reply job = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> visitor.get("/billjobs/" + id), reply -> List.of("COMPLETE", "CANCELLED")
                        .contains(reply.at("status")));
        assertThat(job.at("status")).as("%s", job.text()).isEqualTo("COMPLETE");
        return job;
    }

    /** The bill of an account for December 2024, calculated now. */
    Reply december(String account) {
        done("{'billDate':'2025-01-01','billingFrequency':'MONTHLY'}");
        return visitor.get("/bills/latest/" + account).ok();
    }
}
