package io.tallystick.billing;

import static io.tallystick.billing.Scenario.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.catalog.price.PricingBand;
import io.tallystick.document.Author;
import io.tallystick.document.Watermark;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.id.InvoiceNumber;
import io.tallystick.quantity.Currency;
import io.tallystick.rating.BandUsage;
import io.tallystick.rating.Earlier;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Period;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BillTest {
    private static final Period DECEMBER =
            new Period(Instant.parse("2024-12-01T00:00:00Z"), Instant.parse("2025-01-01T00:00:00Z"));
    private static final Author ANNA = new Author("USER_anna", DECEMBER.to());
    private static final BillState PENDING = new BillState.Pending();
    private static final BillState.Approved APPROVED = new BillState.Approved(ANNA, new InvoiceNumber("1"));
    private static final BillState LOCKED = new BillState.Locked(APPROVED, ANNA);

    @Test
    void totalThatIsNotTheSumOfTheLinesIsRefused() {
        assertThatThrownBy(() -> bill(List.of(line("1.004", "1.00"), line("1.004", "1.00")), "2.01"))
                .hasMessage("Expected the bill of account mickey to total 2, the sum of its lines, but was 2.01.");
    }

    @Test
    void totalIsThePlainSumOfRoundedLines() {
        assertThat(bill(List.of(line("1.004", "1.00"), line("1.004", "1.00")), "2.00")
                        .total())
                .isEqualTo(new BigDecimal("2"));
    }

    @Test
    void lineInAnotherCurrencyIsRefused() {
        LineItem inEuro = line("1", "1", "1", new Currency("EUR"), List.of());

        assertThatThrownBy(() -> bill(List.of(inEuro), "1"))
                .hasMessage("Expected every line of the bill of account mickey in USD, but charge is in EUR.");
    }

    @Test
    void billGoesForwardOnly() {
        Bill pending = bill(PENDING, 7, "1");
        Bill approved = pending.approved(ANNA, new InvoiceNumber("1"));
        Bill locked = approved.locked(ANNA);

        assertThat(approved.status()).isEqualTo(BillState.Status.APPROVED);
        assertThat(locked.locked()).isTrue();
        assertThat(locked.invoiceNumber()).contains(new InvoiceNumber("1"));
        assertThatThrownBy(() -> pending.locked(ANNA))
                .hasMessageStartingWith("Expected an approved bill of account mickey to lock, but it is Pending");
        assertThatThrownBy(() -> approved.approved(ANNA, new InvoiceNumber("2")))
                .hasMessageContaining("Expected a PENDING bill of account mickey to approve as 2, but it is Approved");
        assertThatThrownBy(() -> locked.approved(ANNA, new InvoiceNumber("2")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> locked.locked(ANNA)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void lineThatDoesNotRoundItsExactAmountIsRefused() {
        assertThatThrownBy(() -> line("0.94", "1.94")).hasMessage("Expected a line to round 0.94, but was 1.94.");
        assertThatThrownBy(() -> line("0.94", "0.94", "2", USD, List.of()))
                .hasMessage("Expected a line to round 0.94, but was 2.");
    }

    @Test
    void bandsOfALineAddUpToItsExactAmount() {
        BandUsage band = new BandUsage(
                new Id<PricingBand>("band"),
                BigDecimal.ZERO,
                BigDecimal.TWO,
                BigDecimal.TWO,
                BigDecimal.TEN,
                BigDecimal.ONE,
                new BigDecimal("20"),
                new BigDecimal("21"));

        assertThat(line("21", "21", "21", USD, List.of(band)).convertedBandSubtotal(band))
                .isEqualTo(new BigDecimal("21"));
        assertThatThrownBy(() -> line("20", "20", "20", USD, List.of(band)))
                .hasMessage("Expected the bands of line line to add up to 20, but the sum is 21.");
    }

    @Test
    void billsAreEqualWhateverTrailingZerosTheyWereReadWith() {
        assertThat(bill(List.of(line("1.50", "1.5")), "1.500")).isEqualTo(bill(List.of(line("1.5", "1.50")), "1.5"));
    }

    @Test
    void pendingBillGivesWayToAnotherResultOfTheSameOrALaterState() {
        Bill earlier = bill(PENDING, 7, "1");

        assertThat(earlier.givesWayTo(bill(PENDING, 7, "2"))).isTrue();
        assertThat(earlier.givesWayTo(bill(PENDING, 8, "2"))).isTrue();
    }

    @Test
    void billStaysWhereTheNewCalculationComesFromAnEarlierState() {
        assertThat(bill(PENDING, 8, "1").givesWayTo(bill(PENDING, 7, "2"))).isFalse();
    }

    @Test
    void billStaysWhereTheNewCalculationSaysTheSame() {
        assertThat(bill(PENDING, 7, "1").givesWayTo(bill(PENDING, 8, "1.00"))).isFalse();
    }

    @Test
    void approvedBillNeverGivesWay() {
        assertThat(bill(APPROVED, 7, "1").givesWayTo(bill(PENDING, 8, "2"))).isFalse();
        assertThat(bill(LOCKED, 7, "1").givesWayTo(bill(PENDING, 8, "2"))).isFalse();
    }

    private static Bill bill(List<LineItem> lines, String total) {
        return bill(lines, total, PENDING, 7);
    }

    private static Bill bill(BillState state, long watermark, String amount) {
        return bill(List.of(line(amount, amount)), amount, state, watermark);
    }

    private static Bill bill(List<LineItem> lines, String total, BillState state, long watermark) {
        return new Bill(
                new Id<>("account-1"),
                new Code("mickey"),
                BillFrequency.MONTHLY,
                1,
                DECEMBER,
                ZoneId.of("UTC"),
                LocalDate.of(2025, 1, 1),
                LocalDate.of(2025, 1, 31),
                LocalDate.of(2025, 1, 1),
                USD,
                lines,
                new BigDecimal(total),
                List.of(),
                state,
                Optional.of(new Id<>("job-" + watermark)),
                DECEMBER.to(),
                DECEMBER.to().plusSeconds(watermark),
                new Watermarks(new Watermark(watermark), new UsageWatermark("u" + watermark)),
                Optional.empty());
    }

    private static LineItem line(String exactAmount, String subtotal) {
        return line(exactAmount, subtotal, subtotal, USD, List.of());
    }

    private static LineItem line(
            String exactAmount, String subtotal, String convertedSubtotal, Currency currency, List<BandUsage> bands) {
        LineItem.BookedProduct product =
                new LineItem.BookedProduct(new Id<>("product-1"), new Code("product"), "product");
        return new LineItem(
                new Id<>("line"),
                1,
                bands.isEmpty() ? LineItemType.STANDING_CHARGE : LineItemType.USAGE,
                "charge",
                new LineItem.Booking(
                        Optional.of(new Id<>("accountplan-1")), Optional.of(new Id<>("plan-1")), product, product),
                new LineItem.Basis(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Earlier.NOTHING,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        "",
                        new BigDecimal(exactAmount),
                        bands),
                DECEMBER,
                new LineItem.Amounts(
                        new BigDecimal(exactAmount),
                        new BigDecimal(subtotal),
                        new BigDecimal(convertedSubtotal),
                        BigDecimal.ONE,
                        currency),
                LineItem.Reference.NONE);
    }
}
