package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import io.tallystick.server.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class EventsDoorTest {
    private static final String UNKNOWN_METER =
            Sample.measurement("mickey", "32", "1600").replace("lambda_meter", "nobody");

    private final Visitor visitor;
    private final Sample sample;

    EventsDoorTest(Visitor visitor) {
        this.visitor = visitor;
        this.sample = Sample.of(visitor);
    }

    @Test
    void tellsWhatHappenedTheLatestFirst() {
        visitor.post("/measurements", Sample.batch(UNKNOWN_METER)).ok();
        String id = visitor.created("/products", "{'code':'p','name':'P'}");
        visitor.put("/products/" + id, "{'code':'p','name':'Q','version':1}").ok();
        visitor.delete("/products/" + id).ok();

        Reply list = visitor.get("/events?pageSize=4").ok();

        assertThat(names(list))
                .containsExactly(
                        "configuration.product.deleted",
                        "configuration.product.updated",
                        "configuration.product.created",
                        "ingest.validation.failure");
        assertThat(list.at("data[1].m3terEvent.eventData.newDto.name")).isEqualTo("Q");
        assertThat(list.at("data[1].m3terEvent.by")).isEqualTo("KEY_%s", visitor.keyId());
        assertThat(list.at("data[3].m3terEvent.eventData.newDto.reason")).isEqualTo("undefined_meter");
        assertThat(list.at("data[3].eventTime")).isEqualTo(list.at("data[3].dtActioned"));
        assertThat(list.at("nextToken")).isNotEqualTo("absent");
    }

    @Test
    void pagesThroughBothStoresWithoutLosingOrRepeatingAnything() {
        for (int i = 0; i < 4; i++) {
            visitor.post("/measurements", Sample.batch(UNKNOWN_METER, UNKNOWN_METER))
                    .ok();
            visitor.created("/products", "{'code':'p%d','name':'P'}".formatted(i));
        }
        List<String> all = ids(visitor.get("/events?pageSize=200").ok());

        List<String> read = new ArrayList<>();
        String token = "";
        do {
            Reply page = visitor.get("/events?pageSize=3" + token).ok();
            read.addAll(ids(page));
            token = "&nextToken=" + page.at("nextToken");
            visitor.post("/measurements", Sample.batch(UNKNOWN_METER)).ok();
        } while (!token.endsWith("absent"));

        assertThat(read).isEqualTo(all).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    }

    @Test
    void findsEventsByNameTypeResourceAccountAndId() {
        visitor.post("/measurements", Sample.batch(UNKNOWN_METER)).ok();

        assertThat(names(visitor.get("/events?eventName=configuration.meter.created")))
                .containsExactly("configuration.meter.created");
        assertThat(names(visitor.get("/events?eventType=ingest"))).containsExactly("ingest.validation.failure");
        assertThat(names(visitor.get("/events?resourceId=" + sample.meter())))
                .containsExactly("configuration.meter.created");
        assertThat(names(visitor.get("/events?accountId=" + sample.account())))
                .containsExactly(
                        "ingest.validation.failure",
                        "configuration.accountplan.created",
                        "configuration.account.created");
        assertThat(names(visitor.get("/events?eventName=scheduled.bill.enddateEvent")))
                .isEmpty();
        assertThat(names(visitor.get("/events?notificationCode=n"))).isEmpty();
        String id = visitor.get("/events?eventType=ingest").at("data[0].id");
        assertThat(ids(visitor.get("/events?ids=" + id))).containsExactly(id);
    }

    @Test
    void leavesOutWhatWasDealtWithUnlessAskedForIt() {
        visitor.post("/measurements", Sample.batch(UNKNOWN_METER)).ok();
        visitor.created("/meters", Sample.meter(sample.product()).replace("lambda_meter", "nobody"));
        visitor.post("/measurements/refused/retry", "{}").ok();

        assertThat(names(visitor.get("/events?eventType=ingest"))).isEmpty();
        Reply actioned =
                visitor.get("/events?eventType=ingest&includeActioned=true").ok();
        assertThat(actioned.at("data[0].dtActioned"))
                .isEqualTo(actioned.at("data[0].m3terEvent.eventData.newDto.resentAt"));
    }

    @Test
    void answersEveryEventByItsIdToItsOwnOrganizationOnly(LiveServer server) {
        visitor.post("/measurements", Sample.batch(UNKNOWN_METER)).ok();
        Reply list = visitor.get("/events?pageSize=200").ok();
        Visitor other = server.visitor(Role.READ);

        List<String> ids = ids(list);
        assertThat(ids).hasSizeGreaterThan(9);
        for (int i = 0; i < ids.size(); i++) {
            assertThat(visitor.get("/events/" + ids.get(i)).ok().body())
                    .isEqualTo(((Json.Arr) list.body().member("data").orElseThrow())
                            .items()
                            .get(i));
            other.get("/events/" + ids.get(i)).refused(404, "not_found");
        }
        assertThat(names(other.get("/events").ok())).isEmpty();
        visitor.get("/events/nobody").refused(404, "not_found");
    }

    @Test
    void namesEveryTypeItTellsWithItsFields() {
        visitor.post("/measurements", Sample.batch(UNKNOWN_METER)).ok();
        Reply types = visitor.get("/events/types").ok();
        List<String> names = IntStream.range(0, types.size("events"))
                .mapToObj(i -> types.at("events[%d]".formatted(i)))
                .toList();
        Reply events = visitor.get("/events?pageSize=200").ok();
        Reply fields = visitor.get("/events/fields").ok();

        assertThat(names)
                .contains("configuration.plantemplate.deleted", "billing.bill.created", "billing.billjob.updated")
                .contains("billing.bill.deleted")
                .doesNotContain("billing.billjob.deleted")
                .hasSize(12 * 3 + 2 + 3 * 3 + 2 + 1)
                .containsAll(names(events));
        for (int i = 0; i < events.size("data"); i++) {
            String name = events.at("data[%d].eventName".formatted(i));
            Json.Obj content = (Json.Obj)
                    ((Json.Obj) ((Json.Arr) events.body().member("data").orElseThrow())
                                    .items()
                                    .get(i))
                            .member("m3terEvent")
                            .flatMap(event -> ((Json.Obj) event).member("eventData"))
                            .flatMap(data -> ((Json.Obj) data).member("newDto"))
                            .orElseThrow();
            content.members().keySet().forEach(field -> assertThat(
                            fields.at("events.{%s}.{new.%s}".formatted(name, field)))
                    .as("%s of %s", field, name)
                    .isIn("string", "double", "int", "boolean", "map", "array"));
        }
        assertThat(visitor.get("/events/fields?eventName=billing.bill.created")
                        .ok()
                        .at("events.{billing.bill.created}.{new.lineItems}"))
                .isEqualTo("array");
        visitor.get("/events/fields?eventName=x").refused(400, "invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nextToken=x", "pageSize=0", "includeActioned=maybe"})
    void refusesAParameterItDoesNotUnderstand(String query) {
        visitor.get("/events?" + query).refused(400, "invalid");
    }

    private static List<String> names(Reply list) {
        return all(list, "eventName");
    }

    private static List<String> ids(Reply list) {
        return all(list, "id");
    }

    private static List<String> all(Reply list, String member) {
        return IntStream.range(0, list.size("data"))
                .mapToObj(i -> list.at("data[%d].%s".formatted(i, member)))
                .toList();
    }
}
