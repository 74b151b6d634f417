package io.tallystick.account;

import io.tallystick.document.Document;
import io.tallystick.document.Kind;
import io.tallystick.document.Reading;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.quantity.Currency;
import io.tallystick.time.Epochs;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What an organization says for all its accounts. There is one, under the id of the organization. Source: m3ter API,
 * OrganizationConfig.
 *
 * @param currency of bills of accounts that have none of their own
 * @param zone whose midnights begin and end billing periods
 * @param epochs from which billing periods are counted
 * @param daysBeforeBillDue days between the date of a bill and the day it is due, above 0
 * @param invoiceDating the date a bill has in the books
 * @param suppressesEmptyBills whether bills on which nothing stands are left out
 * @param numbering of its invoices
 * @param inAdvance what is charged before its period where neither plan nor template say so
 * @param lateUsageDays a bill dated up to so many days after the end of an approved bill's period puts that one right, 0
 *     to 3660; ours
 */
public record OrganizationConfig(
        Currency currency,
        ZoneId zone,
        Epochs epochs,
        int daysBeforeBillDue,
        InvoiceDating invoiceDating,
        boolean suppressesEmptyBills,
        InvoiceNumbering numbering,
        InAdvance inAdvance,
        int lateUsageDays) {
    /** Days after the end of its period in which usage is still taken, where nobody has said otherwise. */
    public static final int LATE_USAGE_DAYS = 90;

    public static final int LATE_USAGE_DAYS_MAX = 3660;

    public static final Kind<OrganizationConfig> KIND = Kind.of("organizationconfig", OrganizationConfig.class);

    /** Of an organization that has said nothing: the documented defaults, and 30 days. */
    public static final OrganizationConfig STANDARD = new OrganizationConfig(
            new Currency("USD"),
            ZoneId.of("UTC"),
            Epochs.STANDARD,
            30,
            InvoiceDating.FIRST_DAY_OF_NEXT_PERIOD,
            false,
            InvoiceNumbering.STANDARD);

    /**
     * What is charged before the period that it is for. Source: m3ter API, {@code standingChargeBillInAdvance} and {@code
     * minimumSpendBillInAdvance}.
     */
    public record InAdvance(boolean standingCharge, boolean minimumSpend) {
        public static final InAdvance NOTHING = new InAdvance(false, false);
    }

    /** One that charges everything in arrears, and takes late usage as long as is standard. */
    public OrganizationConfig(
            Currency currency,
            ZoneId zone,
            Epochs epochs,
            int daysBeforeBillDue,
            InvoiceDating invoiceDating,
            boolean suppressesEmptyBills,
            InvoiceNumbering numbering) {
        this(
                currency,
                zone,
                epochs,
                daysBeforeBillDue,
                invoiceDating,
                suppressesEmptyBills,
                numbering,
                InAdvance.NOTHING,
                LATE_USAGE_DAYS);
    }

    /** Source: m3ter API, OrganizationConfig {@code externalInvoiceDate}. */
    public enum InvoiceDating {
        /** The date of the bill. */
        FIRST_DAY_OF_NEXT_PERIOD,
        /** The day before it. */
        LAST_DAY_OF_ARREARS
    }

    public OrganizationConfig {
        if (daysBeforeBillDue < 1) {
            throw new IllegalArgumentException(
                    "Expected daysBeforeBillDue above 0, but was %d.".formatted(daysBeforeBillDue));
        }
        if (lateUsageDays < 0 || lateUsageDays > LATE_USAGE_DAYS_MAX) {
            throw new IllegalArgumentException(
                    "Expected lateUsageDays of 0 to %d, but was %d.".formatted(LATE_USAGE_DAYS_MAX, lateUsageDays));
        }
    }

    public static Id<OrganizationConfig> idOf(OrganizationId organization) {
        return new Id<>(organization.value());
    }

    /** What an organization says, or the defaults. */
    public static OrganizationConfig of(Reading reading, OrganizationId organization) {
        return reading.find(KIND, organization, idOf(organization))
                .map(Document::content)
                .orElse(STANDARD);
    }

    /** The date of an invoice for a period that ends with {@code lastDay}, billed on {@code billDate}. */
    public LocalDate invoiceDate(LocalDate billDate, LocalDate lastDay) {
        return switch (invoiceDating) {
            case FIRST_DAY_OF_NEXT_PERIOD -> billDate;
            case LAST_DAY_OF_ARREARS -> lastDay;
        };
    }
}
