package io.tallystick.server.api.statement;

import io.tallystick.account.Account;
import io.tallystick.billing.Bill;
import io.tallystick.catalog.ListedCurrency;
import io.tallystick.document.AsOf;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.id.Id;
import io.tallystick.quantity.CurrencyRounding;
import io.tallystick.server.access.Access;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.page.Invoice;
import io.tallystick.server.page.InvoicePage;
import io.tallystick.server.page.StyleSheet;

/**
 * {@code GET /bills/{id}/invoice}: a bill as a page to print or to send; ours. Who the bill is for, and in which places its
 * amounts are, is read as of the bill's own state of the documents: the invoice of an approved bill stays as it was sent.
 */
public final class InvoiceDoor {
    private final Documents documents;
    private final Access access;

    public InvoiceDoor(Documents documents, Access access) {
        this.documents = documents;
        this.access = access;
    }

    public Answer get(Call call) {
        return documents
                .find(Bill.KIND, call.organization(), new Id<>(call.path("id")))
                .map(bill -> shown(call, bill))
                .orElseGet(() -> Answer.problem(
                        Problem.of(Problem.Code.NOT_FOUND, Texts.unknown(Bill.KIND.name(), call.path("id")))));
    }

    private Answer shown(Call call, Document<Bill> bill) {
        String seller = access.organization(call.organization())
                .map(organization -> organization.content().name())
                .orElseThrow(() ->
                        new IllegalStateException("Expected organization %s, whose key this is, but it does not exist."
                                .formatted(call.organization())));
        return Answer.text(
                        "text/html; charset=utf-8",
                        InvoicePage.write(new Invoice(seller, buyer(bill), bill.content(), rounding(bill))))
                .with("content-security-policy", StyleSheet.INVOICE.contentSecurityPolicy())
                .with("x-content-type-options", "nosniff")
                .with("referrer-policy", "no-referrer")
                .with("cache-control", "private, no-cache");
    }

    private Account buyer(Document<Bill> bill) {
        return new AsOf(documents, bill.content().watermarks().documents(), bill.organization())
                .find(Account.KIND, bill.content().account())
                .map(Document::content)
                .orElseThrow(
                        () -> new IllegalStateException("Expected account %s of bill %s as of %s, but there is none."
                                .formatted(
                                        bill.content().account(),
                                        bill.id(),
                                        bill.content().watermarks().documents())));
    }

    private CurrencyRounding rounding(Document<Bill> bill) {
        return documents
                .asOf(bill.content().watermarks().documents(), ListedCurrency.KIND, bill.organization())
                .stream()
                .flatMap(listed -> listed.content().rounding().stream())
                .filter(rounding -> rounding.currency().equals(bill.content().currency()))
                .findFirst()
                .orElseGet(() -> CurrencyRounding.standard(bill.content().currency()));
    }
}
