package io.tallystick.cli;

import io.tallystick.cli.LambdaUsage.Invocation;
import io.tallystick.server.app.DevCredentials;
import io.tallystick.server.json.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Three customers of AWS Lambda in December 2024, from the product to their bills, through the public API. Prices: <a
 * href="https://aws.amazon.com/lambda/pricing/">AWS Lambda pricing</a>, tiered by GB-second.
 */
final class LambdaExample {
    /** A customer; each draws its usage from a seed of its own. */
    record Customer(String code, String name, long seed) {
        /** All that is sent for it: the first alone, the others in one call. */
        List<Invocation> usage() {
            return LambdaUsage.draw(code, ALONE + TOGETHER, seed);
        }
    }

    static final List<Customer> CUSTOMERS = List.of(
            new Customer("mickey-mouse", "Mickey Mouse Inc", 104_729),
            new Customer("donald-duck", "Donald Duck Ltd", 1_299_709),
            new Customer("pluto", "Pluto LLP", 15_485_863));

    private static final int ALONE = 1;
    private static final int TOGETHER = 120;

    private static final String METER = "compute_and_requests_meter";
    private static final String BILL_DATE = "2025-01-01";

    private static final int POLLS_MAX = 1_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final Client client;
    private final Consumer<String> progress;

    private LambdaExample(Client client, Consumer<String> progress) {
        this.client = client;
        this.progress = progress;
    }

    /**
     * Does everything and answers the bills, in the order of the customers.
     *
     * @param server address of a server in development mode that does not know the example yet
     * @param progress is told what is being done
     */
    static List<ShownBill> run(URI server, Consumer<String> progress) throws RequestFailed, InterruptedException {
        Client client = Client.signIn(
                server, DevCredentials.ORGANIZATION, DevCredentials.ACCESS_KEY, DevCredentials.API_SECRET);
        return new LambdaExample(client, progress).run();
    }

    private List<ShownBill> run() throws RequestFailed, InterruptedException {
        progress.accept("setting up a product, a meter, prices and %d accounts".formatted(CUSTOMERS.size()));
        String plan = setUpPlan();
        List<String> accounts = new ArrayList<>();
        for (Customer customer : CUSTOMERS) {
            accounts.add(setUpAccount(customer, plan));
        }
        progress.accept("sending %d measurements".formatted(CUSTOMERS.size() * (ALONE + TOGETHER)));
        for (Customer customer : CUSTOMERS) {
            List<Invocation> usage = customer.usage();
            send(customer, usage.subList(0, ALONE));
            send(customer, usage.subList(ALONE, usage.size()));
        }
        progress.accept("billing December 2024");
        bill();
        List<ShownBill> bills = new ArrayList<>();
        for (int i = 0; i < accounts.size(); i++) {
            bills.add(ShownBill.read(CUSTOMERS.get(i).name(), client.get("bills/latest/" + accounts.get(i))));
        }
        return bills;
    }

    private String setUpPlan() throws RequestFailed {
        String product = create(
                "products",
                Json.obj().with("code", "aws_lambda").with("name", "AWS Lambda").build());
        String meter = create("meters", meter(product));
        String requests = create("aggregations", aggregation("requests", meter, "memory", "COUNT", 1_000_000));
        String duration = create("aggregations", aggregation("duration", meter, "duration", "SUM", 1));
        String template = create(
                "plantemplates",
                Json.obj()
                        .with("code", "aws_lambda_template")
                        .with("name", "AWS Lambda")
                        .with("productId", product)
                        .with("currency", "USD")
                        .with("standingCharge", 0)
                        .with("billFrequency", "MONTHLY")
                        .with("billFrequencyInterval", 1)
                        .build());
        String plan = create(
                "plans",
                Json.obj()
                        .with("code", "aws_lambda_plan")
                        .with("name", "AWS Lambda")
                        .with("planTemplateId", template)
                        .build());
        create(
                "pricings",
                pricing(
                        plan,
                        duration,
                        band("0", "0.00001833337"),
                        band("6000000000", "0.0000165"),
                        band("15000000000", "0.00001466674")));
        create("pricings", pricing(plan, requests, band("0", "0.22")));
        return plan;
    }

    private String setUpAccount(Customer customer, String plan) throws RequestFailed {
        String account = create(
                "accounts",
                Json.obj()
                        .with("code", customer.code())
                        .with("name", customer.name())
                        .with("emailAddress", customer.code() + "@example.com")
                        .build());
        create(
                "accountplans",
                Json.obj()
                        .with("accountId", account)
                        .with("planId", plan)
                        .with("startDate", LambdaUsage.FROM.toString())
                        .build());
        return account;
    }

    private void send(Customer customer, List<Invocation> usage) throws RequestFailed {
        List<Json> measurements = usage.stream()
                .map(invocation -> measurement(customer, invocation))
                .toList();
        Received receipt = client.post(
                "measurements",
                Json.obj().with("measurements", new Json.Arr(measurements)).build());
        if (receipt.number("accepted").intValueExact() != usage.size()) {
            throw new RequestFailed("Expected %d measurements to be accepted, but the answer was %s."
                    .formatted(usage.size(), receipt.body().shown()));
        }
    }

    private void bill() throws RequestFailed, InterruptedException {
        String job = create(
                "billjobs",
                Json.obj()
                        .with("billDate", BILL_DATE)
                        .with("billingFrequency", "MONTHLY")
                        .build());
        Duration pause = FIRST_PAUSE;
        for (int poll = 0; poll < POLLS_MAX; poll++) {
            Received state = client.get("billjobs/" + job);
            switch (state.text("status")) {
                case "COMPLETE" -> {
                    return;
                }
                case "CANCELLED" ->
                    throw new RequestFailed("Expected bill job %s to complete, but it was cancelled: %s."
                            .formatted(job, state.body().shown()));
                default -> {
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            }
        }
        throw new RequestFailed(
                "Expected bill job %s to complete, but after %d looks it has not.".formatted(job, POLLS_MAX));
    }

    private String create(String kind, Json body) throws RequestFailed {
        return client.post(kind, body).text("id");
    }

    private static Json meter(String product) {
        return Json.obj()
                .with("code", METER)
                .with("name", "Compute and requests")
                .with("productId", product)
                .with("dataFields", new Json.Arr(List.of(field("memory", "Memory", "GB"), field("time", "Time", "s"))))
                .with(
                        "derivedFields",
                        new Json.Arr(List.of(Json.obj()
                                .withAll(field("duration", "Duration", "GB-s"))
                                .with("calculation", "memory * time")
                                .build())))
                .build();
    }

    private static Json.Obj field(String code, String name, String unit) {
        return Json.obj()
                .with("code", code)
                .with("name", name)
                .with("category", "MEASURE")
                .with("unit", unit)
                .build();
    }

    private static Json aggregation(String name, String meter, String field, String function, long quantityPerUnit) {
        return Json.obj()
                .with("code", "aws_lambda_" + name)
                .with("name", name)
                .with("meterId", meter)
                .with("targetField", field)
                .with("aggregation", function)
                .with("quantityPerUnit", quantityPerUnit)
                .with("rounding", "NONE")
                .with("unit", function.equals("COUNT") ? "1M requests" : "GB-s")
                .build();
    }

    private static Json pricing(String plan, String aggregation, Json... bands) {
        return Json.obj()
                .with("planId", plan)
                .with("aggregationId", aggregation)
                .with("cumulative", bands.length > 1)
                .with("startDate", LambdaUsage.FROM.toString())
                .with("pricingBands", new Json.Arr(List.of(bands)))
                .build();
    }

    private static Json band(String lowerLimit, String unitPrice) {
        return Json.obj()
                .with("lowerLimit", new Json.Num(lowerLimit))
                .with("fixedPrice", 0)
                .with("unitPrice", new Json.Num(unitPrice))
                .build();
    }

    private static Json measurement(Customer customer, Invocation invocation) {
        Instant at = invocation.at();
        return Json.obj()
                .with("uid", invocation.uid())
                .with("meter", METER)
                .with("account", customer.code())
                .with("ts", at.toString())
                .with(
                        "measure",
                        Json.obj()
                                .with("memory", invocation.memoryGb())
                                .with("time", invocation.timeS())
                                .build())
                .build();
    }
}
