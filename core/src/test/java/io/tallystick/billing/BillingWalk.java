package io.tallystick.billing;

import static io.tallystick.billing.Scenario.since;
import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.price.PricingBand;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Kind;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.usage.UsageStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** The walk from usage to bills on a pair of stores: what its contracts share. */
abstract class BillingWalk {
    static final OrganizationId ACME = new OrganizationId("00000000-0000-4000-8000-000000000001");
    static final OrganizationId OTHER = new OrganizationId("00000000-0000-4000-8000-000000000002");
    static final Author ANNA = new Author("USER_anna", Instant.parse("2024-11-01T08:00:00Z"));
    static final Author BILLER = new Author("BILL_JOBS", Instant.parse("2025-01-01T03:00:00Z"));
    static final int BILLS_PER_TRANSACTION = 2;

    Documents documents;
    UsageStore usage;
    Biller biller;

    /** The same open, empty store with each call during one test. */
    protected abstract Documents documents();

    /** The same open, empty store with each call during one test. */
    protected abstract UsageStore usage();

    /** Accepts one measurement without a uid; when this returns, questions see it. */
    protected abstract void measure(
            Document<Meter> meter, Document<Account> account, Instant at, Map<FieldCode, BigDecimal> values);

    @BeforeEach
    void open() {
        documents = documents();
        usage = usage();
        biller = new Biller(documents, usage, () -> UUID.randomUUID().toString(), BILLS_PER_TRANSACTION);
    }

    Document<BillJob> run(OrganizationId organization, BillOrder order) {
        return biller.run(organization, order(organization, order).id(), () -> BILLER);
    }

    Document<BillJob> order(OrganizationId organization, BillOrder order) {
        return shelf(organization).put(BillJob.KIND, BillJob.of(order));
    }

    void cancel(Id<BillJob> id) {
        documents.write(ANNA, transaction -> {
            Document<BillJob> job = transaction.find(BillJob.KIND, ACME, id).orElseThrow();
            return transaction.update(job, job.content().cancelled());
        });
    }

    List<Document<Bill>> bills(OrganizationId organization) {
        return documents.asOf(documents.watermark(), Bill.KIND, organization);
    }

    Document<Bill> onlyBill(OrganizationId organization) {
        List<Document<Bill>> bills = bills(organization);
        assertThat(bills).hasSize(1);
        return bills.getFirst();
    }

    Scenario.Shelf shelf(OrganizationId organization) {
        return new Scenario.Shelf() {
            @Override
            public <T> Document<T> put(Kind<T> kind, T content) {
                return documents.write(
                        ANNA,
                        transaction -> transaction.insert(
                                kind, organization, new Id<>(UUID.randomUUID().toString()), content));
            }
        };
    }

    /** Puts accounts of these codes on the plan and returns the first. */
    static Document<Account> subscribed(Scenario scenario, Document<Plan> plan, String... codes) {
        List<Document<Account>> accounts = new ArrayList<>();
        for (String code : codes) {
            Document<Account> account = scenario.account(code);
            scenario.subscribe(account, plan, since("2024-01-01"));
            accounts.add(account);
        }
        return accounts.getFirst();
    }

    void measure(Document<Meter> meter, Document<Account> account, String at, String field, String value) {
        measure(meter, account, Instant.parse(at), Map.of(new FieldCode(field), new BigDecimal(value)));
    }

    void measure(
            Document<Meter> meter,
            Document<Account> account,
            String at,
            String field,
            String value,
            String secondField,
            String secondValue) {
        measure(
                meter,
                account,
                Instant.parse(at),
                Map.of(
                        new FieldCode(field),
                        new BigDecimal(value),
                        new FieldCode(secondField),
                        new BigDecimal(secondValue)));
    }

    static List<PricingBand> gigabytes() {
        return List.of(perUnit("0", "0.15"), perUnit("500", "0.10"));
    }
}
