package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts and bills, searched over HTTP. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class SearchDoorTest {
    private final Visitor visitor;

    SearchDoorTest(Visitor visitor) {
        this.visitor = visitor;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "searchQuery=code:ann | ann",
                "searchQuery=code:ANN | ''",
                "searchQuery=name~premium | cid ann",
                "searchQuery=name~premium su | ann",
                "searchQuery=name~mium | ''",
                "searchQuery=name~premium$currency:USD | ann",
                "searchQuery=code:ann$code:bob | ''",
                "searchQuery=code:ann$code:bob&operator=OR | bob ann",
                "searchQuery=daysBeforeBillDue>14 | cid",
                "searchQuery=daysBeforeBillDue>=14.0 | cid bob",
                "searchQuery=daysBeforeBillDue<14 | ''",
                "searchQuery=daysBeforeBillDue<=14 | bob",
                "searchQuery=billEpoch<2025-02-01 | ann",
                "sortBy=daysBeforeBillDue | bob cid ann",
                "sortBy=daysBeforeBillDue&sortOrder=desc | cid bob ann",
                "sortBy=name | cid bob ann",
                "sortOrder=ASC | ann bob cid",
                "pageSize=3 | cid bob ann"
            })
    void findsAccounts(String query, String codes) {
        account("ann", "The Premium Support Company", "'currency':'USD','billEpoch':'2025-01-31'");
        account("bob", "bob & sons", "'daysBeforeBillDue':14");
        account("cid", "Acme (premium)", "'daysBeforeBillDue':100,'currency':'EUR','billEpoch':'2025-02-01'");

        assertThat(String.join(" ", search("/accounts", query).ok().all("code")))
                .isEqualTo(codes.equals("''") ? "" : codes);
    }

    @Test
    void leadsFromPageToPageWithoutRepeatingOrLosingAny() {
        for (int i = 0; i < 23; i++) {
            account("a%02d".formatted(i), "same name", "'daysBeforeBillDue':%d".formatted(1 + i % 3));
        }
        Reply first = search("/accounts", "sortBy=daysBeforeBillDue").ok();
        Reply second = search("/accounts", "sortBy=daysBeforeBillDue&nextToken=" + first.at("nextToken"))
                .ok();
        Reply third = search("/accounts", "sortBy=daysBeforeBillDue&fromDocument=20&pageSize=100")
                .ok();

        assertThat(first.size("data") + second.size("data") + third.size("data"))
                .isEqualTo(23);
        List<String> all = List.of(first, second, third).stream()
                .flatMap(page -> page.all("code").stream())
                .toList();
        assertThat(all).doesNotHaveDuplicates().startsWith("a21", "a18").endsWith("a02");
        assertThat(third.at("nextToken")).isEqualTo("absent");
        assertThat(search("/accounts", "fromDocument=23").ok().size("data")).isZero();
    }

    @Test
    void findsBillsByWhatFinanceKnowsOfThem() {
        Sample sample = Sample.of(visitor);
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();
        Reply bill = new Bills(visitor).december(sample.account());

        for (String query : List.of(
                "accountCode:mickey",
                "accountId:" + sample.account(),
                "billTotal>0.9$billTotal<0.95",
                "billTotal:0.940",
                "billDate>=2025-01-01$billDate<2025-02-01",
                "dueDate:2025-01-31",
                "startDate:2024-12-01$endDate:2025-01-01",
                "status:PENDING$locked:false$billingFrequency:MONTHLY$currency:USD",
                "lastCalculatedDate>=" + bill.at("lastCalculatedDate"),
                "billJobId:" + bill.at("billJobId"))) {
            Reply found = search("/bills", "searchQuery=" + query).ok();
            assertThat(found.size("data")).as(query).isEqualTo(1);
            assertThat(found.at("data[0]")).as(query).isEqualTo(bill.at(""));
        }
        for (String query :
                List.of("billTotal>0.94", "status:APPROVED", "sequentialInvoiceNumber:1", "accountCode:m")) {
            assertThat(search("/bills", "searchQuery=" + query).ok().size("data"))
                    .as(query)
                    .isZero();
        }
        visitor.put("/bills/" + bill.at("id") + "/status", "{'status':'APPROVED'}")
                .ok();
        assertThat(search("/bills", "searchQuery=sequentialInvoiceNumber:1$status:APPROVED")
                        .ok()
                        .all("id"))
                .containsExactly(bill.at("id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "searchQuery=colour:red | Expected one of the fields code, name,",
                "searchQuery=name | Expected terms such as name~Premium",
                "searchQuery=:x | Expected terms such as name~Premium",
                "searchQuery=name:a$$code:b | Expected terms such as name~Premium",
                "searchQuery=name>a | Expected name to be compared by : ~, because it is a text, but was >.",
                "searchQuery=billEpoch~2025 | Expected billEpoch to be compared by >= <= > < :, because it is a date such as 2025-01-01, but was ~.",
                "searchQuery=billEpoch:soon | Expected billEpoch to be compared with a date such as 2025-01-01, but was \"soon\".",
                "searchQuery=daysBeforeBillDue:1e999999999 | Expected daysBeforeBillDue to be compared with a number",
                "searchQuery=name: | Expected name to be compared with a text, but was \"\".",
                "sortBy=colour | Expected one of the fields code, name,",
                "sortOrder=up | Expected sortOrder to be ASC or DESC, but was \"up\".",
                "operator=NOT | Expected operator to be AND or OR, but was \"NOT\".",
                "pageSize=101 | Expected pageSize to be a whole number of 1 to 100, but was \"101\".",
                "fromDocument=-1 | Expected fromDocument to be a whole number of 0 to"
            })
    void refusesWhatItWouldHaveToGuess(String query, String message) {
        assertThat(search("/accounts", query).refused(400, "invalid").message()).startsWith(message);
    }

    private void account(String code, String name, String more) {
        visitor.created(
                "/accounts", "{'code':'%s','name':'%s','emailAddress':'a@example.com',%s}".formatted(code, name, more));
    }

    private Reply search(String path, String query) {
        StringBuilder encoded = new StringBuilder();
        for (String parameter : query.strip().split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            encoded.append(encoded.isEmpty() ? '?' : '&')
                    .append(parts[0])
                    .append('=')
                    .append(URLEncoder.encode(parts[1], StandardCharsets.UTF_8));
        }
        return visitor.get(path + "/search" + encoded);
    }
}
