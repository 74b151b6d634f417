package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an organization says for all bills: its configuration and how its currencies are rounded. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class OrganizationConfigDoorTest {
    private static final String BERLIN =
            "{'version':%d,'currency':'USD','timezone':'Europe/Berlin','dayEpoch':'2022-01-01','weekEpoch':'2022-01-03','monthEpoch':'2022-01-15','yearEpoch':'2022-01-01','daysBeforeBillDue':14,'externalInvoiceDate':'LAST_DAY_OF_ARREARS'}";

    private final LiveServer server;
    private final Visitor visitor;

    OrganizationConfigDoorTest(LiveServer server, Visitor visitor) {
        this.server = server;
        this.visitor = visitor;
    }

    @Test
    void answersTheDocumentedDefaultsUntilSomebodySetsIt() {
        Reply config = visitor.get("/organizationconfig").ok();

        assertThat(
                        List.of("version", "currency", "timezone", "dayEpoch", "weekEpoch", "monthEpoch", "yearEpoch")
                                .stream()
                                .map(config::at))
                .containsExactly("1", "USD", "UTC", "2022-01-01", "2022-01-04", "2022-01-01", "2022-01-01");
        assertThat(config.at("daysBeforeBillDue") + " " + config.at("externalInvoiceDate"))
                .isEqualTo("30 FIRST_DAY_OF_NEXT_PERIOD");
        assertThat(config.at("id")).isEqualTo(visitor.organization());
    }

    @Test
    void isSetUnderTheVersionThatWasRead() {
        Reply set = visitor.put("/organizationconfig", BERLIN.formatted(1)).ok();

        assertThat(set.at("version") + " " + set.at("timezone")).isEqualTo("2 Europe/Berlin");
        assertThat(visitor.get("/organizationconfig").ok().body()).isEqualTo(set.body());
        visitor.put("/organizationconfig", BERLIN.formatted(1)).refused(409, "stale_version");
        assertThat(visitor.put("/organizationconfig", BERLIN.formatted(2)).ok().at("version"))
                .isEqualTo("3");
        assertThat(visitor.get("/events?eventName=configuration.organizationconfig.updated")
                        .ok()
                        .size("data"))
                .isEqualTo(2);
    }

    @Test
    void storesNothingForAVersionThatNobodyRead() {
        visitor.put("/organizationconfig", BERLIN.formatted(2)).refused(409, "stale_version");

        assertThat(visitor.get("/organizationconfig").ok().at("version")).isEqualTo("1");
        assertThat(visitor.get("/events?eventName=configuration.organizationconfig.created")
                        .ok()
                        .size("data"))
                .isZero();
    }

    @Test
    void isEachOrganizationsOwn() {
        visitor.put("/organizationconfig", BERLIN.formatted(1)).ok();

        assertThat(server.visitor(Role.ADMIN).get("/organizationconfig").ok().at("timezone"))
                .isEqualTo("UTC");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'timezone':'Europe/Berlin'|'timezone':'+01:00'|invalid",
                "'timezone':'Europe/Berlin'|'timezone':'Europe/Berlni'|invalid",
                "'daysBeforeBillDue':14|'daysBeforeBillDue':0|invalid",
                "'monthEpoch':'2022-01-15'|'monthEpoch':'2022-02-30'|invalid",
                "'version':1|'version':'one'|invalid",
                "'currency':'USD'|'currency':'USD','billPrefix':'INV-1'|invalid",
                "'currency':'USD'|'currency':'USD','standingChargeBillInAdvance':true|not_yet_supported"
            })
    void refusesWhatItCannotDo(String right, String wrong, String code) {
        visitor.put("/organizationconfig", BERLIN.formatted(1).replace(right, wrong))
                .refused(400, code);
    }

    @Test
    void decidesPeriodsZoneAndDatesOfBills() {
        Sample sample = Sample.of(visitor);
        visitor.put("/organizationconfig", BERLIN.formatted(1)).ok();

        done("{'billDate':'2025-01-20'}");

        Reply bill = visitor.get("/bills/latest/" + sample.account()).ok();
        assertThat(bill.at("startDateTimeUTC") + " " + bill.at("endDateTimeUTC") + " " + bill.at("timezone"))
                .isEqualTo("2024-12-14T23:00:00Z 2025-01-14T23:00:00Z Europe/Berlin");
        assertThat(bill.at("startDate") + " " + bill.at("billDate") + " " + bill.at("dueDate"))
                .isEqualTo("2024-12-15 2025-01-15 2025-01-29");
        assertThat(bill.at("externalInvoiceDate")).isEqualTo("2025-01-14");
    }

    @Test
    void epochOfTheJobGoesBeforeTheOrganizations() {
        Sample sample = Sample.of(visitor);
        visitor.put("/organizationconfig", BERLIN.formatted(1)).ok();

        Reply job = done(
                "{'billDate':'2025-01-20','billingFrequency':'MONTHLY','monthEpoch':'2022-01-10','timezone':'UTC'}");

        assertThat(job.at("monthEpoch") + " " + job.at("weekEpoch") + " " + job.at("timezone"))
                .isEqualTo("2022-01-10 2022-01-03 UTC");
        assertThat(visitor.get("/bills/latest/" + sample.account()).ok().at("startDateTimeUTC"))
                .isEqualTo("2024-12-10T00:00:00Z");
    }

    @Test
    void listedCurrencyDecidesHowLinesAreRounded() {
        Sample sample = Sample.of(visitor);
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();
        String id = visitor.created(
                "/picklists/currency", "{'name':'Dollar','code':'USD','maxDecimalPlaces':4,'roundingMode':'UP'}");

        done("{'billDate':'2025-01-01'}");

        // 0.938668544 and 0.00000022, each rounded up to four places
        assertThat(visitor.get("/bills/latest/" + sample.account()).ok().at("billTotal"))
                .isEqualTo("0.9388");
        assertThat(visitor.get("/picklists/currency?codes=USD&archived=false")
                        .ok()
                        .all("id"))
                .containsExactly(id);
        assertThat(visitor.get("/picklists/currency?archived=true").ok().size("data"))
                .isZero();
        visitor.post("/picklists/currency", "{'name':'Again','code':'USD'}").refused(409, "taken");
        visitor.delete("/picklists/currency/" + id).ok();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'Dollar','code':'USD','roundingMode':'UNNECESSARY'}|a mode that rounds amounts in USD",
                "{'name':'Dollar','code':'USD','maxDecimalPlaces':6}|0 to 5",
                "{'name':'Dollar','code':'dollar'}|three capital letters",
                "{'name':'Dollar','maxDecimalPlaces':2}|Without a code they would round nothing"
            })
    void refusesCurrenciesThatCouldNotBeBilled(String body, String reason) {
        assertThat(visitor.post("/picklists/currency", body)
                        .refused(400, "invalid")
                        .text())
                .contains(reason);
    }

    private Reply done(String body) {
        String id = visitor.created("/billjobs", body);
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> visitor.get("/billjobs/" + id), reply -> reply.at("status")
                        .equals("COMPLETE"));
    }
}
