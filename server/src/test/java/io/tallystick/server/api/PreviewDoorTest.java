package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.document.Watermark;
import io.tallystick.server.access.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bills looked at before they are made. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class PreviewDoorTest {
    private static final String DECEMBER = "{'accountId':'%s','billDate':'2025-01-01'}";

    private final LiveServer server;
    private final Visitor visitor;

    PreviewDoorTest(LiveServer server, Visitor visitor) {
        this.server = server;
        this.visitor = visitor;
    }

    @Test
    void isTheBillThatAJobMakesAndWritesNothing() {
        Sample sample = Sample.of(visitor);
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();
        Visitor reader = server.visitor(visitor.organization(), Role.READ);
        Watermark before = server.documents().watermark();

        Reply preview = reader.post("/bills/preview", DECEMBER.formatted(sample.account()))
                .ok();

        assertThat(server.documents().watermark()).isEqualTo(before);
        assertThat(visitor.get("/bills").size("data")).isZero();
        Reply bill = new Bills(visitor).december(sample.account());
        assertThat(preview.size("data")).isEqualTo(1);
        assertThat(preview.at("data[0].id")).isEqualTo("absent");
        assertThat(preview.at("data[0].lineItems")).isEqualTo(bill.at("lineItems"));
        assertThat(preview.at("data[0].billTotal") + " " + preview.at("data[0].dueDate"))
                .isEqualTo("0.94 2025-01-31");
        assertThat(preview.size("parkedAccounts")).isZero();
        assertThat(reader.post("/bills/preview", DECEMBER.formatted(sample.account()))
                        .ok()
                        .at("data[0].id"))
                .isEqualTo(bill.at("id"));
    }

    @Test
    void saysWhyThereWouldBeNoBill() {
        Sample sample = Sample.of(visitor);

        Reply preview = visitor.post(
                        "/bills/preview", "{'accountId':'%s','billDate':'2024-11-01'}".formatted(sample.account()))
                .ok();

        assertThat(preview.size("data")).isZero();
        assertThat(preview.at("parkedAccounts[0].accountId")).isEqualTo(sample.account());
        assertThat(preview.at("parkedAccounts[0].reason")).startsWith("Expected account mickey to be on a plan");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|accountId is absent",
                "{'accountId':'ACCOUNT','accountIds':['ACCOUNT']}|accountIds is there as well",
                "{'accountId':'none'}|there is no account with id none",
                "{'accountId':7}|7",
                "{'accountId':'ACCOUNT','billDate':'9999-01-01'}|9999-01-01"
            })
    void refusesWhatNoJobWouldTake(String body, String told) {
        String account = visitor.created("/accounts", Sample.account("mickey"));

        assertThat(visitor.post("/bills/preview", body.replace("ACCOUNT", account))
                        .refused(400, "invalid")
                        .message())
                .contains(told);
    }
}
