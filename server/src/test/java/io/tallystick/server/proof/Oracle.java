package io.tallystick.server.proof;

import static java.util.stream.Collectors.joining;

import io.tallystick.server.proof.World.Band;
import io.tallystick.server.proof.World.Rate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a bill has to say, found the slow and obvious way and without a line of the house's arithmetic. A bill, expected
 * or real, is a text here: the same figures under the same names, so that a difference can be read.
 */
final class Oracle {
    private static final MathContext QUOTIENT = new MathContext(34, RoundingMode.HALF_EVEN);

    /** More than 26 digits before the point. */
    private static final Pattern TOO_LONG = Pattern.compile("(?<![.\\d])\\d{27}");

    private Oracle() {}

    /** Whether December's bill has an amount that no bill can carry. */
    static boolean isBeyondLimits(World world, List<Sample> measured) {
        return TOO_LONG.matcher(bill(world, measured)).find();
    }

    /** December's bill of one account that was measured so. */
    static String bill(World world, List<Sample> measured) {
        Instant from = world.since().isAfter(World.DECEMBER) ? world.since() : World.DECEMBER;
        List<Sample> counted = measured.stream()
                .filter(sample -> !sample.at().isBefore(from) && sample.at().isBefore(World.JANUARY))
                .toList();
        List<String> lines = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal charge = world.standingCharge().multiply(seconds(from)).divide(seconds(World.DECEMBER), QUOTIENT);
        if (charge.signum() != 0) {
            lines.add(line("Standing Charge", BigDecimal.ONE, BigDecimal.ONE, charge, List.of()));
            total = total.add(rounded(charge));
        }
        for (Rate rate : world.rates()) {
            BigDecimal quantity = quantity(world, rate, counted).orElse(BigDecimal.ZERO);
            BigDecimal units = units(rate, quantity);
            List<Charged> bands = charged(rate, quantity, units);
            BigDecimal amount = bands.stream().map(Charged::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
            lines.add(line(rate.name(), quantity, units, amount, bands));
            total = total.add(rounded(amount));
        }
        return text(lines, total);
    }

    /** What a real bill says. */
    static String text(JsonNode bill) {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : bill.get("lineItems")) {
            List<String> bands = new ArrayList<>();
            for (JsonNode band : line.get("usagePerPricingBand")) {
                bands.add(band(
                        decimal(band, "lowerLimit"),
                        decimal(band, "bandQuantity"),
                        decimal(band, "bandUnits"),
                        decimal(band, "bandSubtotal")));
            }
            lines.add(line(
                    line.get("description").stringValue(),
                    decimal(line, "quantity"),
                    decimal(line, "units"),
                    decimal(line, "averageUnitPrice"),
                    decimal(line, "subtotal"),
                    decimal(line, "convertedSubtotal"),
                    bands));
        }
        return text(lines, decimal(bill, "billTotal"));
    }

    /** The quantity of an aggregation, the naive way; nothing where no measurement carries the field. */
    static Optional<BigDecimal> quantity(World world, Rate rate, List<Sample> counted) {
        Metered meter = world.meters().stream()
                .filter(each -> each.code().equals(rate.meter()))
                .findFirst()
                .orElseThrow();
        List<Sample> ofMeter = counted.stream()
                .filter(sample -> sample.meter().equals(rate.meter()))
                .toList();
        if (rate.field().equals(World.TEXT)) {
            Stream<String> texts = ofMeter.stream().map(sample -> sample.texts().get(World.TEXT));
            return Optional.of(BigDecimal.valueOf(
                    rate.function().equals("UNIQUE") ? texts.distinct().count() : texts.count()));
        }
        return Reading.aggregated(
                rate.function(),
                ofMeter.stream()
                        .flatMap(sample -> meter.value(rate.field(), sample).stream()
                                .map(value ->
                                        new Reading(sample.at(), sample.uid().orElse(""), value)))
                        .toList());
    }

    private static BigDecimal units(Rate rate, BigDecimal quantity) {
        BigDecimal quotient = quantity.divide(rate.perUnit(), QUOTIENT);
        return switch (rate.rounding()) {
            case "UP" -> quotient.setScale(0, RoundingMode.CEILING);
            case "DOWN" -> quotient.setScale(0, RoundingMode.FLOOR);
            case "NEAREST" -> quotient.setScale(0, RoundingMode.HALF_UP);
            default -> quotient;
        };
    }

    /** What one band charges. */
    private record Charged(BigDecimal lowerLimit, BigDecimal quantity, BigDecimal units, BigDecimal amount) {}

    private static List<Charged> charged(Rate rate, BigDecimal quantity, BigDecimal units) {
        Band first = rate.bands().getFirst();
        if (units.signum() < 0) {
            return List.of(new Charged(first.lowerLimit(), quantity, units, units.multiply(first.unitPrice())));
        }
        List<Charged> charged = new ArrayList<>();
        BigDecimal quantityLeft = quantity;
        for (int i = 0;
                i < rate.bands().size() && units.compareTo(rate.bands().get(i).lowerLimit()) > 0;
                i++) {
            Band band = rate.bands().get(i);
            boolean isLast = i + 1 == rate.bands().size()
                    || units.compareTo(rate.bands().get(i + 1).lowerLimit()) <= 0;
            BigDecimal upTo = isLast ? units : rate.bands().get(i + 1).lowerLimit();
            BigDecimal inBand = rate.isTiered() ? upTo.subtract(band.lowerLimit()) : units;
            BigDecimal share = isLast ? quantityLeft : quantityLeft.min(inBand.multiply(rate.perUnit()));
            if (rate.isTiered() || isLast) {
                charged.add(new Charged(
                        band.lowerLimit(), share, inBand, band.fixedPrice().add(inBand.multiply(band.unitPrice()))));
                quantityLeft = quantityLeft.subtract(share);
            }
        }
        return charged;
    }

    private static String line(
            String name, BigDecimal quantity, BigDecimal units, BigDecimal amount, List<Charged> bands) {
        return line(
                name,
                quantity,
                units,
                units.signum() == 0 ? BigDecimal.ZERO : amount.divide(units, QUOTIENT),
                rounded(amount),
                rounded(amount),
                bands.stream()
                        .map(band -> band(band.lowerLimit(), band.quantity(), band.units(), band.amount()))
                        .toList());
    }

    private static String line(
            String name,
            BigDecimal quantity,
            BigDecimal units,
            BigDecimal average,
            BigDecimal subtotal,
            BigDecimal converted,
            List<String> bands) {
        return "%s: quantity %s, units %s, average %s, subtotal %s, converted %s%s"
                .formatted(
                        name,
                        digits(quantity),
                        digits(units),
                        digits(average),
                        digits(subtotal),
                        digits(converted),
                        String.join("", bands));
    }

    private static String band(BigDecimal lowerLimit, BigDecimal quantity, BigDecimal units, BigDecimal amount) {
        return "%n    from %s: quantity %s, units %s, amount %s"
                .formatted(digits(lowerLimit), digits(quantity), digits(units), digits(amount));
    }

    private static String text(List<String> lines, BigDecimal total) {
        return lines.stream().sorted().collect(joining("\n")) + "\ntotal " + digits(total);
    }

    private static BigDecimal seconds(Instant from) {
        Duration length = Duration.between(from, World.JANUARY);
        return BigDecimal.valueOf(length.getSeconds()).add(BigDecimal.valueOf(length.getNano(), 9));
    }

    private static BigDecimal rounded(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return node.get(field).decimalValue();
    }

    private static String digits(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
