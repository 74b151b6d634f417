package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a line of a bill was computed from. {@code GoldenBillsTest} reckons lines again from it. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class ExplainDoorTest {
    private final LiveServer server;
    private final Visitor visitor;

    ExplainDoorTest(LiveServer server, Visitor visitor) {
        this.server = server;
        this.visitor = visitor;
    }

    @Test
    void showsThePriceOfTheTimeOfTheBillAfterItWasChanged() {
        Sample sample = Sample.of(visitor);
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();
        String line = lineOf(sample);
        String dearer = Sample.pricing(sample.plan(), sample.duration(), "true", "[0,0,7]");
        visitor.put("/pricings/" + sample.pricing(), dearer.replaceFirst("\\{", "{'version':1,"))
                .ok();
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "1", "1")))
                .ok();

        Reply explained = visitor.get(line + "/explain").ok();

        assertThat(explained.at("inForce.pricing.version")).isEqualTo("1");
        assertThat(explained.at("inForce.pricing.pricingBands[0].unitPrice")).isEqualTo("0.00001833337");
        assertThat(explained.at("inForce.meter.code")).isEqualTo("lambda_meter");
        assertThat(explained.at("inForce.accountPlan.id")).isEqualTo(sample.accountPlan());
        assertThat(explained.at("inForce.rounding"))
                .isEqualTo("{\"currency\":\"USD\",\"decimalPlaces\":2,\"roundingMode\":\"HALF_UP\"}");
        assertThat(explained.at("steps[0]")).isEqualTo("quantity: SUM of duration = 51200");
        assertThat(explained.at("steps[1]")).isEqualTo("units: 51200 / 1, rounding NONE = 51200");
        assertThat(explained.at("steps[2]")).isEqualTo("band from 0: 51200 x 0.00001833337 + 0 = 0.938668544");
        assertThat(explained.at("steps[3]")).isEqualTo("exact amount: 0.938668544 USD");
        assertThat(explained.at("steps[4]")).isEqualTo("amount: rounded to 2 places, HALF_UP = 0.94 USD");
        assertThat(explained.size("measurements.data")).isEqualTo(1);
        assertThat(explained.at("measurements.data[0].measure.memory")).isEqualTo("32");
    }

    @Test
    void refusesWhatIsNotThere() {
        Sample sample = Sample.of(visitor);
        String line = lineOf(sample);
        String bill = line.substring(0, line.indexOf("/lineitems"));

        visitor.get(line + "/explain?nextToken=x").refused(400, "invalid");
        visitor.get(line + "/explain?pageSize=0").refused(400, "invalid");
        assertThat(visitor.get(bill + "/lineitems/none/explain")
                        .refused(404, "not_found")
                        .message())
                .contains(bill.substring("/bills/".length()), "none");
        visitor.get(line.replaceFirst("/bills/[^/]+", "/bills/none") + "/explain")
                .refused(404, "not_found");
        server.visitor(Role.ADMIN).get(line + "/explain").refused(404, "not_found");
    }

    /** The path of the duration's line on the account's bill of December. */
    private String lineOf(Sample sample) {
        String job = visitor.created("/billjobs", "{'billDate':'2025-01-01'}");
        Awaitility.await()
                .until(() -> visitor.get("/billjobs/" + job).ok().at("status").equals("COMPLETE"));
        Reply bill = visitor.get("/bills/latest/" + sample.account()).ok();
        for (int i = 0; i < bill.size("lineItems"); i++) {
            if (bill.at("lineItems[%d].aggregationId".formatted(i)).equals(sample.duration())) {
                return "/bills/%s/lineitems/%s".formatted(bill.at("id"), bill.at("lineItems[%d].id".formatted(i)));
            }
        }
        throw new AssertionError("Expected a line of the duration, but there is none in " + bill.text());
    }
}
