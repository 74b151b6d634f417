package io.tallystick.server.json;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.account.BillConfig;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.billing.Bill;
import io.tallystick.billing.BillJob;
import io.tallystick.billing.Parked;
import io.tallystick.billing.approval.InvoiceSequence;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.ListedCurrency;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Product;
import io.tallystick.server.access.AccessKey;
import io.tallystick.server.access.Organization;

/** The shape of each kind of document. */
public final class Shapes {
    public static final Shape<Product> PRODUCT = ProductJson.SHAPE;
    public static final Shape<Meter> METER = MeterJson.SHAPE;
    public static final Shape<Aggregation> AGGREGATION = AggregationJson.SHAPE;
    public static final Shape<PlanTemplate> PLAN_TEMPLATE = PlanTemplateJson.SHAPE;
    public static final Shape<Plan> PLAN = PlanJson.SHAPE;
    public static final Shape<Pricing> PRICING = PricingJson.SHAPE;
    public static final Shape<Account> ACCOUNT = AccountJson.SHAPE;
    public static final Shape<AccountPlan> ACCOUNT_PLAN = AccountPlanJson.SHAPE;
    public static final Shape<Bill> BILL = BillJson.SHAPE;
    public static final Shape<Parked> PARKED = BillJobJson.ParkedJson.SHAPE;
    public static final Shape<BillJob> BILL_JOB = BillJobJson.SHAPE;
    public static final Shape<OrganizationConfig> ORGANIZATION_CONFIG = OrganizationConfigJson.SHAPE;
    public static final Shape<ListedCurrency> CURRENCY = CurrencyJson.SHAPE;
    public static final Shape<BillConfig> BILL_CONFIG = ApprovalJson.BILL_CONFIG;
    public static final Shape<InvoiceSequence> INVOICE_SEQUENCE = ApprovalJson.INVOICE_SEQUENCE;
    public static final Shape<Organization> ORGANIZATION = AccessJson.ORGANIZATION;
    public static final Shape<AccessKey> ACCESS_KEY = AccessJson.KEY;

    /** Not a document: what {@code POST /usage/query} is sent. */
    public static final Shape<UsageQuestion> USAGE_QUESTION = UsageQuestionJson.SHAPE;

    /** Not a document: what {@code POST /billjobs} is sent. */
    public static final Shape<BillJobRequest> BILL_JOB_REQUEST = BillJobRequestJson.SHAPE;

    /** Not a document: what {@code PUT /bills/{id}/status} is sent. */
    public static final Shape<ApprovalJson.StatusWish> BILL_STATUS = ApprovalJson.STATUS_WISH;

    /** Not a document: what {@code POST /bills/approve} is sent. */
    public static final Shape<ApprovalJson.ApprovalWish> BILL_APPROVAL = ApprovalJson.APPROVAL_WISH;

    private Shapes() {}
}
