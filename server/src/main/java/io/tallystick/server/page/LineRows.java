package io.tallystick.server.page;

import io.tallystick.billing.Bill;
import io.tallystick.billing.LineItem;
import io.tallystick.rating.BandUsage;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The lines of a bill as rows of a table, what is charged before what is given back. A line with several bands has a row for
 * each under its own; what rounding took from the exact amount stands in small figures.
 *
 * @param places of an amount in the bill's currency
 */
record LineRows(Bill bill, int places) {
    private static final Predicate<LineItem> IS_CREDIT =
            line -> line.convertedSubtotal().signum() < 0;

    BigDecimal charged() {
        return sum(IS_CREDIT.negate());
    }

    BigDecimal credited() {
        return sum(IS_CREDIT);
    }

    private BigDecimal sum(Predicate<LineItem> counts) {
        return bill.lines().stream()
                .filter(counts)
                .map(LineItem::convertedSubtotal)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A group of rows for each line, so that no page break falls into one. */
    Html write() {
        return bill.lines().isEmpty()
                ? Html.tag("tbody", "line")
                        .of(Html.tag("tr")
                                .of(Html.tag("td").with("colspan", "5").of("Nothing was charged in this period.")))
                : Html.all(Stream.concat(
                                bill.lines().stream().filter(IS_CREDIT.negate()),
                                bill.lines().stream().filter(IS_CREDIT))
                        .map(this::line));
    }

    private Html line(LineItem line) {
        List<BandUsage> bands = line.bands();
        boolean isOneBand = bands.size() == 1;
        Html row = Html.tag("tr", "item")
                .of(
                        Html.tag("th", "text").with("scope", "row").of(description(line)),
                        Html.tag("td", "n").of(units(line)),
                        Html.tag("td", "n")
                                .of(isOneBand ? Written.number(bands.getFirst().unitPrice()) : ""),
                        Html.tag("td", "n").of(isOneBand ? fixed(bands.getFirst()) : ""),
                        Html.tag("td", "n").of(Written.amount(line.convertedSubtotal(), places)));
        return Html.tag("tbody", "line")
                .of(
                        isOneBand
                                ? Stream.of(row)
                                : Stream.concat(Stream.of(row), bands.stream().map(this::band)));
    }

    private Html description(LineItem line) {
        return Html.all(
                InvoicePage.outside("span", "what", line.description()),
                Html.tag("small").of(Written.period(line.servicePeriod(), bill.zone())),
                line.basis().earlier().units().signum() == 0
                        ? Html.NOTHING
                        : Html.tag("small")
                                .of("after %s units of earlier periods"
                                        .formatted(Written.number(
                                                line.basis().earlier().units()))));
    }

    /** Only what is counted has units; a standing charge is one piece of itself. */
    private static Html units(LineItem line) {
        boolean isCounted =
                line.basis().aggregation().isPresent() || !line.bands().isEmpty();
        return isCounted
                ? Html.all(
                        Html.text(Written.number(line.basis().units())),
                        InvoicePage.outside("small", "unit", line.basis().unit()))
                : Html.NOTHING;
    }

    private Html band(BandUsage band) {
        return Html.tag("tr", "band")
                .of(
                        Html.tag("th", "text")
                                .with("scope", "row")
                                .of("Band above " + Written.number(band.lowerLimit())),
                        Html.tag("td", "n").of(Written.number(band.units())),
                        Html.tag("td", "n").of(Written.number(band.unitPrice())),
                        Html.tag("td", "n").of(fixed(band)),
                        Html.tag("td", "n").of(exact(band.subtotal())));
    }

    private String fixed(BandUsage band) {
        return band.fixedPrice().signum() == 0 ? "" : Written.amount(band.fixedPrice(), places);
    }

    private Html exact(BigDecimal amount) {
        Written.Split split = Written.Split.of(amount, places);
        return Html.all(Html.text(split.shown()), Html.tag("span", "tail").of(split.rest()));
    }
}
