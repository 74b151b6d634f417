package io.tallystick.server.app;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.account.BillConfig;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.billing.Bill;
import io.tallystick.billing.BillJob;
import io.tallystick.billing.approval.InvoiceSequence;
import io.tallystick.billing.correction.ManualLine;
import io.tallystick.billing.reason.Reason;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.ListedCurrency;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Product;
import io.tallystick.server.access.AccessKey;
import io.tallystick.server.access.Organization;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.JsonText;
import io.tallystick.server.json.Shape;
import io.tallystick.server.json.Shapes;
import io.tallystick.server.json.View;
import io.tallystick.server.json.correction.ManualLineJson;
import io.tallystick.server.json.correction.ReasonJson;
import io.tallystick.server.store.sqlite.DocumentCodec;
import io.tallystick.server.store.sqlite.DocumentCodecs;

/** How each kind of document is kept: as JSON, by the shape it also has on the wire. */
final class Codecs {
    private Codecs() {}

    static DocumentCodecs all() {
        return DocumentCodecs.none()
                .with(Product.KIND, codec(Shapes.PRODUCT))
                .with(Meter.KIND, codec(Shapes.METER))
                .with(Aggregation.KIND, codec(Shapes.AGGREGATION))
                .with(CompoundAggregation.KIND, codec(Shapes.COMPOUND_AGGREGATION))
                .with(PlanTemplate.KIND, codec(Shapes.PLAN_TEMPLATE))
                .with(Plan.KIND, codec(Shapes.PLAN))
                .with(Pricing.KIND, codec(Shapes.PRICING))
                .with(Account.KIND, codec(Shapes.ACCOUNT))
                .with(AccountPlan.KIND, codec(Shapes.ACCOUNT_PLAN))
                .with(OrganizationConfig.KIND, codec(Shapes.ORGANIZATION_CONFIG))
                .with(ListedCurrency.KIND, codec(Shapes.CURRENCY))
                .with(BillJob.KIND, codec(Shapes.BILL_JOB))
                .with(Bill.KIND, codec(Shapes.BILL))
                .with(BillConfig.KIND, codec(Shapes.BILL_CONFIG))
                .with(InvoiceSequence.KIND, codec(Shapes.INVOICE_SEQUENCE))
                .with(Reason.CREDIT, codec(ReasonJson.SHAPE))
                .with(Reason.DEBIT, codec(ReasonJson.SHAPE))
                .with(ManualLine.CREDITS, codec(ManualLineJson.CREDIT))
                .with(ManualLine.DEBITS, codec(ManualLineJson.DEBIT))
                .with(Organization.KIND, codec(Shapes.ORGANIZATION))
                .with(AccessKey.KIND, codec(Shapes.ACCESS_KEY));
    }

    private static <T> DocumentCodec<T> codec(Shape<T> shape) {
        return new DocumentCodec<>() {
            @Override
            public String write(T content) {
                return JsonText.write(shape.write(content, View.REST));
            }

            @Override
            public T read(String body) {
                if (JsonText.readOwn(body) instanceof Json.Obj object) {
                    return shape.readOwn(object);
                }
                throw new IllegalStateException("Expected a document at rest to be a JSON object, but it is not.");
            }
        };
    }
}
