package io.tallystick.server.golden;

import static io.tallystick.server.golden.PrintedBill.items;
import static io.tallystick.server.golden.PrintedBill.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.formula.Evaluated;
import io.tallystick.formula.Formula;
import io.tallystick.formula.Value;
import io.tallystick.server.api.Reply;
import io.tallystick.server.api.Visitor;
import io.tallystick.server.json.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens every line of a bill down to its measurements and reckons it again from them, by naive arithmetic. */
final class OpenedBill {
    private static final MathContext QUOTIENT = new MathContext(34, RoundingMode.HALF_EVEN);

    /** Few, so that lines have several pages. */
    private static final int PAGE_SIZE = 2;

    private OpenedBill() {}

    static void check(Visitor visitor, Json.Obj bill) {
        for (Json.Obj line : items(bill, "lineItems")) {
            String path = "/bills/%s/lineitems/%s/explain".formatted(text(bill, "id"), text(line, "id"));
            List<Json.Obj> measurements = new ArrayList<>();
            Json.Obj explained = open(visitor, path, measurements);
            Json.Obj inForce = object(explained, "inForce");
            checkAmount(line, object(inForce, "rounding"));
            if (line.member("calculation").isPresent()) {
                assertThat(explained.member("measurements")).isEmpty();
                checkPrice(
                        line,
                        inForce,
                        object(inForce, "compoundAggregation"),
                        calculated(visitor, path, line, inForce));
            } else if (text(line, "lineItemType").startsWith("USAGE")) {
                checkUsage(line, inForce, measurements);
            } else {
                assertThat(explained.member("measurements")).isEmpty();
                explained
                        .member("correction")
                        .ifPresent(correction -> checkCorrection(visitor, line, (Json.Obj) correction));
            }
            assertThat(object(inForce, "account").members()).containsKey("code");
        }
    }

    private static Json.Obj open(Visitor visitor, String path, List<Json.Obj> measurements) {
        String first = path + (path.contains("?") ? "&" : "?") + "pageSize=" + PAGE_SIZE;
        Reply page = visitor.get(first).ok();
        Json.Obj explained = page.body();
        while (true) {
            if (page.body().member("measurements").isPresent()) {
                List<Json.Obj> data = items(object(page.body(), "measurements"), "data");
                assertThat(data).hasSizeLessThanOrEqualTo(PAGE_SIZE);
                measurements.addAll(data);
            }
            String next = page.at("measurements.nextToken");
            if (next.equals("absent")) {
                return explained;
            }
            page = visitor.get(first + "&nextToken=" + next).ok();
        }
    }

    private static void checkAmount(Json.Obj line, Json.Obj rounding) {
        assertThat(number(line, "subtotal"))
                .isEqualByComparingTo(number(line, "exactAmount")
                        .setScale(
                                number(rounding, "decimalPlaces").intValueExact(),
                                RoundingMode.valueOf(text(rounding, "roundingMode"))));
    }

    /** What was billed is looked up on the invoice; what would be billed now is the usage that is counted now. */
    private static void checkCorrection(Visitor visitor, Json.Obj line, Json.Obj correction) {
        Json.Obj now = object(correction, "now");
        Json.Obj billed = object(correction, "billed");
        Json.Obj elsewhere = object(correction, "elsewhere");
        BigDecimal onInvoice =
                items(visitor.get("/bills/" + text(correction, "billId")).ok().body(), "lineItems").stream()
                        .filter(each -> text(each, "id").equals(text(correction, "lineItemId")))
                        .map(each -> number(each, "subtotal"))
                        .findFirst()
                        .orElse(BigDecimal.ZERO);
        assertThat(number(billed, "amount")).isEqualByComparingTo(onInvoice);
        assertThat(number(line, "subtotal"))
                .isEqualByComparingTo(
                        number(now, "amount").subtract(number(billed, "amount")).subtract(number(elsewhere, "amount")));
        assertThat(number(line, "quantity"))
                .isEqualByComparingTo(number(now, "quantity")
                        .subtract(number(billed, "quantity"))
                        .subtract(number(elsewhere, "quantity")));
        assertThat(text(line, "description")).contains("invoice " + text(correction, "sequentialInvoiceNumber"));
    }

    private static void checkUsage(Json.Obj line, Json.Obj inForce, List<Json.Obj> measurements) {
        Json.Obj aggregation = object(inForce, "aggregation");
        String about = text(line, "description");
        BigDecimal quantity = quantity(aggregation, measurements);
        if (measurements.isEmpty()) {
            assertThat(number(line, "quantity"))
                    .as("quantity of %s without measurements", about)
                    .isIn(BigDecimal.ZERO, optional(aggregation, "defaultValue"));
            quantity = number(line, "quantity");
        }
        checkPrice(line, inForce, aggregation, quantity);
    }

    /** Each input from its measurements, then each formula from what goes into it. */
    private static BigDecimal calculated(Visitor visitor, String path, Json.Obj line, Json.Obj inForce) {
        Map<String, BigDecimal> known = new HashMap<>();
        List<Json.Obj> inputs = items(line, "inputs");
        for (int i = 0; i < inputs.size(); i++) {
            Json.Obj input = inputs.get(i);
            Json.Obj document = items(inForce, "inputs").get(i);
            String code = text(input, "code");
            Optional<BigDecimal> said = input.member("quantity").map(_ -> number(input, "quantity"));
            Optional<BigDecimal> quantity = input.member("calculation").isPresent()
                    ? evaluated(text(input, "calculation"), object(document, "compoundAggregation"), known)
                    : measured(visitor, path + "?input=" + code, object(document, "aggregation"), said);
            assertThat(said.map(BigDecimal::stripTrailingZeros))
                    .as("what %s stood for", code)
                    .isEqualTo(quantity.map(BigDecimal::stripTrailingZeros));
            quantity.ifPresent(found -> known.put(code, found));
        }
        return evaluated(text(line, "calculation"), object(inForce, "compoundAggregation"), known)
                .orElse(BigDecimal.ZERO);
    }

    /** Nothing where nothing was measured, or the default value, if the line says so. */
    private static Optional<BigDecimal> measured(
            Visitor visitor, String path, Json.Obj aggregation, Optional<BigDecimal> said) {
        List<Json.Obj> measurements = new ArrayList<>();
        open(visitor, path, measurements);
        boolean isUsed = measurements.stream()
                .anyMatch(each -> value(each, text(aggregation, "targetField")).isPresent());
        return isUsed
                ? Optional.of(quantity(aggregation, measurements))
                : said.map(_ -> number(aggregation, "defaultValue"));
    }

    /** By the formulas' own arithmetic; what it is given is reckoned here. */
    private static Optional<BigDecimal> evaluated(String text, Json.Obj compound, Map<String, BigDecimal> known) {
        Formula formula = (Formula) Formula.parse(text);
        boolean isNull = text(compound, "evaluateNullAggregations").equals("true");
        if (!isNull && formula.names().stream().noneMatch(known::containsKey)) {
            return Optional.empty();
        }
        Evaluated value = formula.evaluate(name -> known.containsKey(name)
                ? new Value.Number(known.get(name))
                : isNull ? Value.NOTHING : new Value.Number(BigDecimal.ZERO));
        return value instanceof Evaluated.Result(Value.Number(BigDecimal number))
                ? Optional.of(number)
                : Optional.empty();
    }

    private static void checkPrice(Json.Obj line, Json.Obj inForce, Json.Obj aggregation, BigDecimal quantity) {
        String about = text(line, "description");
        assertThat(number(line, "quantity")).as("quantity of %s", about).isEqualByComparingTo(quantity);
        BigDecimal unitsBefore = optional(line, "unitsBefore");
        BigDecimal unitsAfter = units(aggregation, quantity.add(optional(line, "quantityBefore")))
                .stripTrailingZeros();
        assertThat(number(line, "units"))
                .as("units of %s", about)
                .isEqualByComparingTo(unitsAfter.subtract(unitsBefore));
        BigDecimal price =
                price(object(inForce, "pricing"), unitsAfter).subtract(price(object(inForce, "pricing"), unitsBefore));
        if (text(line, "lineItemType").equals("USAGE")) {
            assertThat(number(line, "exactAmount")).as("price of %s", about).isEqualByComparingTo(price);
        } else {
            assertThat(number(line, "exactAmount").negate())
                    .as("credit of %s, which a small bill cuts down", about)
                    .isLessThanOrEqualTo(price);
        }
    }

    private static BigDecimal quantity(Json.Obj aggregation, List<Json.Obj> measurements) {
        String field = text(aggregation, "targetField");
        List<String> texts = measurements.stream()
                .sorted(Comparator.comparing(measurement -> text(measurement, "ts")))
                .flatMap(measurement -> value(measurement, field).stream())
                .toList();
        String function = text(aggregation, "aggregation");
        if (texts.isEmpty() || function.equals("COUNT")) {
            return BigDecimal.valueOf(texts.size());
        }
        if (function.equals("UNIQUE")) {
            return BigDecimal.valueOf(texts.stream().distinct().count());
        }
        List<BigDecimal> values = texts.stream().map(BigDecimal::new).toList();
        BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return switch (function) {
            case "SUM" -> sum;
            case "MIN" -> values.stream().min(Comparator.naturalOrder()).orElseThrow();
            case "MAX" -> values.stream().max(Comparator.naturalOrder()).orElseThrow();
            case "MEAN" -> sum.divide(BigDecimal.valueOf(values.size()), QUOTIENT);
            case "LATEST" -> values.getLast();
            default ->
                throw new IllegalArgumentException("Expected a function that is known here, but was " + function);
        };
    }

    /** A field's value, in whichever category it stands. */
    private static Optional<String> value(Json.Obj measurement, String field) {
        return measurement.members().values().stream()
                .flatMap(member -> member instanceof Json.Obj category ? Stream.of(category) : Stream.empty())
                .filter(category -> category.member(field).isPresent())
                .map(category -> text(category, field))
                .findFirst();
    }

    private static BigDecimal units(Json.Obj aggregation, BigDecimal quantity) {
        BigDecimal quotient = quantity.divide(number(aggregation, "quantityPerUnit"), QUOTIENT);
        return switch (text(aggregation, "rounding")) {
            case "UP" -> quotient.setScale(0, RoundingMode.CEILING);
            case "DOWN" -> quotient.setScale(0, RoundingMode.FLOOR);
            case "NEAREST" -> quotient.setScale(0, RoundingMode.HALF_UP);
            default -> quotient;
        };
    }

    /** What so many units cost in all. */
    private static BigDecimal price(Json.Obj pricing, BigDecimal units) {
        List<Json.Obj> bands = items(pricing, "pricingBands");
        if (units.signum() <= 0) {
            return units.multiply(number(bands.getFirst(), "unitPrice"));
        }
        boolean isCumulative = text(pricing, "cumulative").equals("true");
        BigDecimal price = BigDecimal.ZERO;
        for (int i = 0; i < bands.size(); i++) {
            BigDecimal lower = number(bands.get(i), "lowerLimit");
            if (units.compareTo(lower) <= 0) {
                break;
            }
            BigDecimal fixed = number(bands.get(i), "fixedPrice");
            BigDecimal each = number(bands.get(i), "unitPrice");
            if (isCumulative) {
                BigDecimal upper = i + 1 < bands.size()
                        ? number(bands.get(i + 1), "lowerLimit").min(units)
                        : units;
                price = price.add(fixed).add(upper.subtract(lower).multiply(each));
            } else {
                price = fixed.add(units.multiply(each));
            }
        }
        return price;
    }

    private static Json.Obj object(Json.Obj object, String member) {
        return (Json.Obj) object.member(member)
                .orElseThrow(() -> new AssertionError("Expected a field %s, but there was none.".formatted(member)));
    }

    private static BigDecimal optional(Json.Obj object, String member) {
        return object.member(member).isPresent() ? number(object, member) : BigDecimal.ZERO;
    }

    private static BigDecimal number(Json.Obj object, String member) {
        return new BigDecimal(text(object, member));
    }
}
