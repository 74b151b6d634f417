package io.tallystick.server.golden;

import static io.tallystick.server.golden.PrintedBill.items;
import static io.tallystick.server.golden.PrintedBill.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.json.Json;
import java.math.BigDecimal;
import java.util.function.BiFunction;

/** Reckons a bill again from nothing but what it says, as its reader would. */
final class Pencil {
    private Pencil() {}

    /** Every line from its bands, every amount from its exact amount, the total from the lines. */
    static void check(Json.Obj bill, BiFunction<BigDecimal, String, BigDecimal> rounded) {
        BigDecimal total = BigDecimal.ZERO;
        for (Json.Obj line : items(bill, "lineItems")) {
            String about = text(line, "description");
            BigDecimal exact = number(line, "exactAmount");
            if (text(line, "lineItemType").equals("USAGE")) {
                assertThat(ofBands(line)).as("bands of %s", about).isEqualByComparingTo(exact);
            }
            assertThat(number(line, "subtotal"))
                    .as("rounded amount of %s", about)
                    .isEqualByComparingTo(rounded.apply(exact, text(line, "currency")));
            total = total.add(number(line, "convertedSubtotal"));
        }
        assertThat(number(bill, "billTotal")).as("sum of the lines").isEqualByComparingTo(total);
    }

    private static BigDecimal ofBands(Json.Obj line) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Json.Obj band : items(line, "usagePerPricingBand")) {
            sum = sum.add(number(band, "bandUnits").multiply(number(band, "unitPrice")))
                    .add(number(band, "fixedPrice"));
        }
        return sum;
    }

    private static BigDecimal number(Json.Obj object, String member) {
        return new BigDecimal(text(object, member));
    }
}
