package io.tallystick.server.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.api.Reply;
import io.tallystick.server.api.Visitor;
import io.tallystick.server.golden.GoldenBill.Step;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Plays the steps of a case over HTTP, for an organization of its own. A step names what it makes and what that refers
 * to by code; whatever it leaves open is neutral. {@code key=value} after it is a field of the wire as it stands.
 *
 * <ul>
 *   <li>{@code config timezone=Europe/Berlin}: fields of the organization's configuration
 *   <li>{@code currency JPY maxDecimalPlaces=0}
 *   <li>{@code product storage}: of the meters and templates that follow
 *   <li>{@code meter storage gb region:WHERE total=gb*2}: numbers, texts, derived numbers
 *   <li>{@code aggregation stored SUM gb}: of the last meter
 *   <li>{@code compound both "a + b"}
 *   <li>{@code plantemplate monthly standingCharge=20}
 *   <li>{@code plan basic}: on the last template
 *   <li>{@code pricing stored 0:0.15 500:10+0.10}: bands, each {@code lowerLimit:unitPrice} or
 *       {@code lowerLimit:fixedPrice+unitPrice}, on the last plan; {@code on=TEMPLATE} on a template
 *   <li>{@code account acme}, {@code accountplan acme basic 2024-12-01 [2024-12-16]}
 *   <li>{@code endplan acme basic 2024-12-16}: the account's last one on the plan
 *   <li>{@code measurement acme 2024-12-05T10:00:00Z gb=620 region=eu}: of the last meter, or {@code meter=}
 *   <li>{@code billjob 2025-01-01}: runs to its end
 *   <li>{@code approve acme 2025-01-01}: the account's bill of that date
 *   <li>{@code creditreason goodwill}, {@code debitreason postage}
 *   <li>{@code credit acme 2025-01-01 5.50 description=...}, {@code debit ...}: by hand on that bill, about its first line;
 *       {@code of=2024-12-01} about that of another
 * </ul>
 */
final class Stage {
    private static final Pattern BAND = Pattern.compile("([0-9.]+):(?:(-?[0-9.]+)\\+)?(-?[0-9.]+)");
    private static final Pattern FIELD = Pattern.compile("([A-Za-z]+)=(.*)");
    private static final Pattern RAW = Pattern.compile("-?[0-9]+(\\.[0-9]+)?|true|false|[\\[{].*");
    private static final String LONG_AGO = "2020-01-01T00:00:00Z";

    private final Visitor visitor;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, Map<String, String>> categories = new HashMap<>();
    private final Map<String, Integer> decimalPlaces = new HashMap<>();
    private final Map<String, RoundingMode> roundingModes = new HashMap<>();
    private final List<String> parked = new ArrayList<>();
    private String product = "";
    private String meter = "";
    private String template = "";
    private String plan = "";

    Stage(Visitor visitor) {
        this.visitor = visitor;
        product(List.of("product"));
    }

    void play(Step step) {
        List<String> words = step.words();
        switch (step.verb()) {
            case "config" -> change("/organizationconfig", fields(words));
            case "currency" -> currency(words);
            case "product" -> product(words);
            case "meter" -> meter(words);
            case "aggregation" -> aggregation(words);
            case "compound" -> compound(words);
            case "plantemplate" -> template(words);
            case "plan" -> plan(words);
            case "pricing" -> pricing(words);
            case "account" -> account(words);
            case "accountplan" -> accountPlan(words);
            case "endplan" -> endPlan(words);
            case "measurement" -> measure(words);
            case "billjob" -> bill(words);
            case "approve" -> approve(words);
            case "creditreason", "debitreason" ->
                make(
                        step.verb(),
                        words.getFirst(),
                        "/picklists/%ss".formatted(step.verb()),
                        Json.obj(),
                        rest(words, 1));
            case "credit", "debit" -> byHand(step.verb(), words);
            default ->
                throw new IllegalArgumentException("Expected a step such as meter or billjob in line %d, but was %s."
                        .formatted(step.line(), step.verb()));
        }
    }

    /** All bills by account and period. */
    List<Json.Obj> bills() {
        return PrintedBill.items(visitor.get("/bills?pageSize=100").ok().body(), "data").stream()
                .sorted(Comparator.comparing((Json.Obj bill) -> PrintedBill.text(bill, "accountCode"))
                        .thenComparing(bill -> PrintedBill.text(bill, "startDateTimeUTC"))
                        .thenComparing(bill -> PrintedBill.text(bill, "billingFrequency")))
                .toList();
    }

    /** The bills, then whoever could not be billed. */
    String printed() {
        StringBuilder printed = new StringBuilder();
        bills().forEach(bill -> printed.append(PrintedBill.of(bill)));
        parked.forEach(reason -> printed.append("PARKED: ").append(reason).append('\n'));
        return printed.isEmpty() ? "no bills\n" : printed.toString();
    }

    /** An amount as its currency is rounded: as the steps say, or half up to ISO's places. */
    BigDecimal rounded(BigDecimal exactAmount, String currency) {
        return exactAmount.setScale(
                decimalPlaces.getOrDefault(
                        currency, Currency.getInstance(currency).getDefaultFractionDigits()),
                roundingModes.getOrDefault(currency, RoundingMode.HALF_UP));
    }

    private void currency(List<String> words) {
        String code = words.getFirst();
        List<String> said = rest(words, 1);
        make("currency", code, "/picklists/currency", Json.obj(), said);
        Map<String, Json> fields = fields(said);
        if (fields.get("maxDecimalPlaces") instanceof Json.Num(String places)) {
            decimalPlaces.put(code, Integer.parseInt(places));
        }
        if (fields.get("roundingMode") instanceof Json.Text(String mode)) {
            roundingModes.put(code, RoundingMode.valueOf(mode));
        }
    }

    private void product(List<String> words) {
        product = words.getFirst();
        make("product", product, "/products", Json.obj(), rest(words, 1));
    }

    private void meter(List<String> words) {
        meter = words.getFirst();
        List<Json> data = new ArrayList<>();
        List<Json> derived = new ArrayList<>();
        Map<String, String> categoryOf = new LinkedHashMap<>();
        for (String word : rest(words, 1)) {
            String[] calculation = word.split("=", 2);
            String[] parts = calculation[0].split(":", 2);
            String category = parts.length == 2 ? parts[1] : "MEASURE";
            Json.ObjBuilder field =
                    Json.obj().with("code", parts[0]).with("name", parts[0]).with("category", category);
            if (category.equals("MEASURE")) {
                field.with("unit", "things");
            }
            if (calculation.length == 2) {
                derived.add(field.with("calculation", calculation[1]).build());
            } else {
                categoryOf.put(parts[0], category);
                data.add(field.build());
            }
        }
        categories.put(meter, categoryOf);
        make(
                "meter",
                meter,
                "/meters",
                Json.obj()
                        .with("productId", id("product", product))
                        .with("dataFields", new Json.Arr(data))
                        .with("derivedFields", new Json.Arr(derived)),
                List.of());
    }

    private void aggregation(List<String> words) {
        make(
                "aggregation",
                words.getFirst(),
                "/aggregations",
                Json.obj()
                        .with("meterId", id("meter", meter))
                        .with("aggregation", words.get(1))
                        .with("targetField", words.get(2))
                        .with("quantityPerUnit", 1)
                        .with("rounding", "NONE")
                        .with("unit", "unit"),
                rest(words, 3));
    }

    private void compound(List<String> words) {
        make(
                "compound",
                words.getFirst(),
                "/compoundaggregations",
                Json.obj()
                        .with("calculation", words.get(1))
                        .with("quantityPerUnit", 1)
                        .with("rounding", "NONE")
                        .with("unit", "unit"),
                rest(words, 2));
    }

    private void template(List<String> words) {
        template = words.getFirst();
        make(
                "template",
                template,
                "/plantemplates",
                Json.obj()
                        .with("productId", id("product", product))
                        .with("currency", "USD")
                        .with("billFrequency", "MONTHLY")
                        .with("standingCharge", 0),
                rest(words, 1));
    }

    private void plan(List<String> words) {
        if (template.isEmpty()) {
            template(List.of("template"));
        }
        plan = words.getFirst();
        make("plan", plan, "/plans", Json.obj().with("planTemplateId", id("template", template)), rest(words, 1));
    }

    private void pricing(List<String> words) {
        if (plan.isEmpty()) {
            plan(List.of("plan"));
        }
        Json.ObjBuilder body = Json.obj();
        String counted = words.getFirst();
        boolean isCompound = ids.containsKey("compound " + counted);
        body.with(
                isCompound ? "compoundAggregationId" : "aggregationId",
                id(isCompound ? "compound" : "aggregation", counted));
        List<Json> bands = new ArrayList<>();
        List<String> others = new ArrayList<>();
        body.with("planId", id("plan", plan));
        for (String word : rest(words, 1)) {
            Matcher band = BAND.matcher(word);
            if (band.matches()) {
                bands.add(Json.obj()
                        .with("lowerLimit", new Json.Num(band.group(1)))
                        .with("fixedPrice", new Json.Num(band.group(2) == null ? "0" : band.group(2)))
                        .with("unitPrice", new Json.Num(band.group(3)))
                        .build());
            } else {
                others.add(word);
            }
        }
        Map<String, Json> members = new LinkedHashMap<>(body.with("cumulative", true)
                .with("startDate", LONG_AGO)
                .with("pricingBands", new Json.Arr(bands))
                .build()
                .members());
        Map<String, Json> fields = new LinkedHashMap<>(fields(others));
        Optional.ofNullable(fields.remove("on")).ifPresent(name -> {
            members.remove("planId");
            members.put("planTemplateId", Json.of(id("template", ((Json.Text) name).text())));
        });
        members.putAll(fields);
        visitor.created("/pricings", JsonText.write(new Json.Obj(members)));
    }

    private void account(List<String> words) {
        make(
                "account",
                words.getFirst(),
                "/accounts",
                Json.obj().with("emailAddress", "billing@example.com"),
                rest(words, 1));
    }

    private void accountPlan(List<String> words) {
        Json.ObjBuilder body = Json.obj()
                .with("accountId", id("account", words.getFirst()))
                .with("planId", id("plan", words.get(1)))
                .with("startDate", instant(words.get(2)));
        int used = 3;
        if (words.size() > used
                && FIELD.matcher(words.get(used)).results().findAny().isEmpty()) {
            body.with("endDate", instant(words.get(used)));
            used++;
        }
        ids.put(
                "accountplan " + words.getFirst() + " " + words.get(1),
                visitor.created(
                        "/accountplans",
                        JsonText.write(body.withAll(new Json.Obj(fields(rest(words, used))))
                                .build())));
    }

    private void endPlan(List<String> words) {
        change(
                "/accountplans/" + id("accountplan", words.getFirst() + " " + words.get(1)),
                Map.of("endDate", Json.of(instant(words.get(2)))));
    }

    private void measure(List<String> words) {
        String of = meter;
        Map<String, Map<String, Json>> byCategory = new LinkedHashMap<>();
        Map<String, Json> fields = new LinkedHashMap<>(fields(rest(words, 2)));
        Optional<Json> named = Optional.ofNullable(fields.remove("meter"));
        if (named.isPresent()) {
            of = ((Json.Text) named.get()).text();
        }
        for (Map.Entry<String, Json> field : fields.entrySet()) {
            String category = categories.getOrDefault(of, Map.of()).getOrDefault(field.getKey(), "MEASURE");
            byCategory
                    .computeIfAbsent(category.toLowerCase(Locale.ROOT), _ -> new LinkedHashMap<>())
                    .put(field.getKey(), field.getValue());
        }
        Json.ObjBuilder body =
                Json.obj().with("meter", of).with("account", words.getFirst()).with("ts", instant(words.get(1)));
        byCategory.forEach((category, values) -> body.with(category, new Json.Obj(values)));
        Reply reply = visitor.post(
                        "/measurements",
                        JsonText.write(Json.obj()
                                .with("measurements", new Json.Arr(List.of(body.build())))
                                .build()))
                .ok();
        assertThat(reply.at("accepted")).as("%s", reply.text()).isEqualTo("1");
    }

    private void bill(List<String> words) {
        Json.ObjBuilder body = Json.obj().with("billDate", words.getFirst());
        String id = visitor.created(
                "/billjobs",
                JsonText.write(
                        body.withAll(new Json.Obj(fields(rest(words, 1)))).build()));
        Reply job = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> visitor.get("/billjobs/" + id), reply -> List.of("COMPLETE", "CANCELLED")
                        .contains(reply.at("status")));
        assertThat(job.at("status")).as("%s", job.text()).isEqualTo("COMPLETE");
        PrintedBill.items(job.body(), "parkedAccounts")
                .forEach(account -> parked.add(withoutIds(PrintedBill.text(account, "reason"))));
    }

    private void approve(List<String> words) {
        visitor.put(
                        "/bills/%s/status"
                                .formatted(bill(words.getFirst(), words.get(1)).at("id")),
                        "{'status':'APPROVED'}")
                .ok();
    }

    private void byHand(String direction, List<String> words) {
        Reply bill = bill(words.getFirst(), words.get(1));
        Map<String, Json> fields = new LinkedHashMap<>(fields(rest(words, 3)));
        Reply about = Optional.ofNullable(fields.remove("of"))
                .map(date -> bill(words.getFirst(), ((Json.Text) date).text()))
                .orElse(bill);
        Optional.ofNullable(fields.get("reasonId"))
                .ifPresent(reason ->
                        fields.put("reasonId", Json.of(id(direction + "reason", ((Json.Text) reason).text()))));
        Json.ObjBuilder body = Json.obj()
                .with("amount", new Json.Num(words.get(2)))
                .with("productId", id("product", product))
                .with("accountingProductId", id("product", product))
                .with("referencedBillId", about.at("id"))
                .with("referencedLineItemId", about.at("lineItems[0].id"))
                .with("servicePeriodStartDate", about.at("lineItems[0].servicePeriodStartDate"))
                .with("servicePeriodEndDate", about.at("lineItems[0].servicePeriodEndDate"))
                .withAll(new Json.Obj(fields));
        visitor.created("/bills/%s/%slineitems".formatted(bill.at("id"), direction), JsonText.write(body.build()));
    }

    private Reply bill(String account, String date) {
        Reply bills = visitor.get("/bills?accountId=%s&billDate=%s".formatted(id("account", account), date))
                .ok();
        return visitor.get("/bills/" + bills.at("data[0].id")).ok();
    }

    /** Ids are new with each run, so a reason is shown with codes in their place. */
    private String withoutIds(String reason) {
        String shown = reason;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            shown = shown.replace(id.getValue(), id.getKey());
        }
        return shown;
    }

    private void make(String kind, String code, String path, Json.ObjBuilder neutral, List<String> words) {
        Json.ObjBuilder body = Json.obj()
                .with("code", code)
                .with("name", code)
                .withAll(neutral.build())
                .withAll(new Json.Obj(fields(words)));
        ids.put(kind + " " + code, visitor.created(path, JsonText.write(body.build())));
    }

    private void change(String path, Map<String, Json> fields) {
        Map<String, Json> members =
                new LinkedHashMap<>(visitor.get(path).ok().body().members());
        members.putAll(fields);
        visitor.put(path, JsonText.write(new Json.Obj(members))).ok();
    }

    /** {@code key=value} as the wire has it: a number, a flag, an array or object as they stand, else a text. */
    private Map<String, Json> fields(List<String> words) {
        Map<String, Json> fields = new LinkedHashMap<>();
        for (String word : words) {
            Matcher field = FIELD.matcher(word);
            if (!field.matches()) {
                throw new IllegalArgumentException("Expected key=value, but was %s.".formatted(word));
            }
            fields.put(field.group(1), value(field.group(2)));
        }
        return fields;
    }

    private static Json value(String text) {
        return RAW.matcher(text).matches()
                ? ((JsonText.Reading.Read) JsonText.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                        .value()
                : Json.of(text);
    }

    private String id(String kind, String code) {
        String id = ids.get(kind + " " + code);
        if (id == null) {
            throw new IllegalArgumentException(
                    "Expected a %s %s made before, but there is none.".formatted(kind, code));
        }
        return id;
    }

    private static String instant(String text) {
        return text.contains("T") ? text : text + "T00:00:00Z";
    }

    private static <T> List<T> rest(List<T> words, int from) {
        return words.subList(from, words.size());
    }
}
