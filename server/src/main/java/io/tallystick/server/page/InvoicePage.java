package io.tallystick.server.page;

import io.tallystick.account.Account;
import io.tallystick.account.Address;
import io.tallystick.billing.Bill;
import io.tallystick.billing.UnpricedUsage;
import io.tallystick.id.InvoiceNumber;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An invoice as one HTML page, for the screen and for paper. */
public final class InvoicePage {
    private final Invoice invoice;
    private final Bill bill;

    private InvoicePage(Invoice invoice) {
        this.invoice = invoice;
        this.bill = invoice.bill();
    }

    /** The whole page; {@link StyleSheet#INVOICE} says what it may load. */
    public static String write(Invoice invoice) {
        return new InvoicePage(invoice).page();
    }

    private String page() {
        String title = "%s, %s".formatted(heading(), invoice.seller());
        Html head = Html.tag("head")
                .of(
                        Html.tag("meta").with("charset", "utf-8").alone(),
                        Html.tag("meta")
                                .with("name", "viewport")
                                .with("content", "width=device-width, initial-scale=1")
                                .alone(),
                        Html.tag("title").of(title),
                        Html.style(StyleSheet.INVOICE));
        Html body = Html.tag("body").of(Html.tag("main").of(top(), notice(), parties(), lines(), unpriced(), foot()));
        return "<!doctype html>\n"
                + Html.tag("html").with("lang", "en").of(head, body).markup();
    }

    private String heading() {
        String name = isOwedToBuyer() ? "Credit note" : "Invoice";
        return bill.invoiceNumber()
                .map(number -> "%s %s".formatted(name, number))
                .orElseGet(() -> "Draft " + name.toLowerCase(Locale.ROOT));
    }

    private boolean isOwedToBuyer() {
        return bill.total().signum() < 0;
    }

    private Html top() {
        return Html.tag("header")
                .of(outside("p", "seller", invoice.seller()), Html.tag("h1").of(heading()));
    }

    /** What is not approved yet is not to be paid. */
    private Html notice() {
        return bill.invoiceNumber().isPresent()
                ? Html.NOTHING
                : Html.tag("p", "notice")
                        .of(
                                "Pending: this is not an invoice yet. Its number is given when it is approved; until then its figures may change.");
    }

    private Html parties() {
        Account buyer = invoice.buyer();
        Html address = Html.tag("section", "buyer")
                .with("aria-label", "Bill to")
                .of(
                        Html.tag("h2").of("Bill to"),
                        Html.tag("address")
                                .of(Stream.concat(Stream.of(buyer.name()), lines(buyer.address()))
                                        .map(line -> outside("span", "line", line))));
        Html facts = Html.tag("dl", "facts")
                .of(
                        fact(
                                "Invoice number",
                                bill.invoiceNumber().map(InvoiceNumber::value).orElse("pending")),
                        fact("Invoice date", Written.date(bill.externalInvoiceDate())),
                        fact("Due date", Written.date(bill.dueDate())),
                        fact("Period", "%s (%s)".formatted(Written.period(bill.period(), zone()), zone())),
                        fact("Account", bill.accountCode().value()),
                        bill.purchaseOrderNumber()
                                .filter(number -> !number.isBlank())
                                .map(number -> fact("Purchase order", number))
                                .orElse(Html.NOTHING),
                        fact("Bill date", Written.date(bill.billDate())));
        return Html.tag("div", "parties").of(address, facts);
    }

    private static Stream<String> lines(Optional<Address> address) {
        return address.stream().flatMap(known -> Stream.of(
                        known.addressLine1(),
                        known.addressLine2(),
                        known.addressLine3(),
                        known.addressLine4(),
                        Optional.of(Stream.of(known.postCode(), known.locality())
                                .flatMap(Optional::stream)
                                .reduce("", (one, other) -> (one + " " + other).strip())),
                        known.region(),
                        known.country())
                .flatMap(Optional::stream)
                .filter(line -> !line.isBlank()));
    }

    private static Html fact(String name, String value) {
        return Html.all(Html.tag("dt").of(name), outside("dd", "value", value));
    }

    private Html lines() {
        String currency = bill.currency().code();
        Html head = Html.tag("thead")
                .of(Html.tag("tr")
                        .of(
                                column("Description", "text"),
                                column("Units", "n"),
                                column("Price each, " + currency, "n"),
                                column("Fixed price, " + currency, "n"),
                                column("Amount, " + currency, "n")));
        LineRows rows = new LineRows(bill, places());
        Html sums = Html.tag("tbody", "sums")
                .of(Stream.of(sum("Charges", rows.charged()), sum("Credits", rows.credited()))
                        .filter(_ -> rows.credited().signum() != 0));
        Html total = Html.tag("tbody", "total")
                .of(Html.tag("tr")
                        .of(
                                Html.tag("th")
                                        .with("scope", "row")
                                        .with("colspan", "4")
                                        .of("Total, " + currency),
                                Html.tag("td", "n").of(Written.amount(bill.total(), places()))));
        return Html.tag("table", "lines")
                .of(
                        Html.tag("caption").of("Charges and credits of " + Written.period(bill.period(), zone())),
                        head,
                        rows.write(),
                        rows.credited().signum() == 0 ? Html.NOTHING : sums,
                        total);
    }

    private static Html column(String name, String styleClass) {
        return Html.tag("th", styleClass).with("scope", "col").of(name);
    }

    private Html sum(String name, BigDecimal amount) {
        return Html.tag("tr")
                .of(
                        Html.tag("th").with("scope", "row").with("colspan", "4").of(name),
                        Html.tag("td", "n").of(Written.amount(amount, places())));
    }

    private Html unpriced() {
        List<UnpricedUsage> usages = bill.unpricedUsage();
        return usages.isEmpty()
                ? Html.NOTHING
                : Html.tag("section", "unpriced")
                        .of(
                                Html.tag("h2").of("Used and not charged"),
                                Html.tag("ul").of(usages.stream().map(this::unpriced)));
    }

    private Html unpriced(UnpricedUsage usage) {
        String reason =
                switch (usage.reason()) {
                    case NO_PRICE_IN_FORCE -> "no price was in force";
                    case NO_SEGMENT -> "it belongs to no segment that has a price";
                    case LATE_USAGE -> "it came too late after its invoice";
                };
        return Html.tag("li")
                .of(
                        Html.text(Written.number(usage.quantity()) + " of "),
                        outside("span", "name", usage.name()),
                        Html.text(", %s: %s.".formatted(Written.period(usage.period(), zone()), reason)));
    }

    private Html foot() {
        return Html.tag("footer")
                .of(
                        Html.tag("p")
                                .of(Stream.of(
                                        Html.text(
                                                isOwedToBuyer()
                                                        ? "Total in your favor: "
                                                        : "Total due by %s: ".formatted(Written.date(bill.dueDate()))),
                                        Html.tag("strong")
                                                .of(Written.amount(bill.total().abs(), places()) + " "
                                                        + bill.currency().code()),
                                        Html.text("."))),
                        Html.tag("p")
                                .of("Usage counts from %s to before %s. Each line is rounded once, to %d places."
                                        .formatted(
                                                bill.period().from(),
                                                bill.period().to(),
                                                places())));
    }

    /** A text that somebody else wrote: its letters decide in which direction it runs. */
    static Html outside(String tag, String styleClass, String text) {
        return Html.tag(tag, styleClass).with("dir", "auto").of(text);
    }

    private ZoneId zone() {
        return bill.zone();
    }

    private int places() {
        return invoice.rounding().decimalPlaces();
    }
}
