package io.tallystick.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class MoneyTest {
    private static final Currency USD = new Currency("USD");
    private static final Currency EUR = new Currency("EUR");

    @Test
    void addsWithoutLosingACent() {
        Money total = Money.zero(USD)
                .plus(dollars("87.00"))
                .plus(dollars("20.00"))
                .plus(dollars("25.00"))
                .plus(dollars("20.00"));

        assertThat(total).isEqualTo(dollars("152")).hasToString("152.00 USD");
    }

    @Test
    void takesNegativeAmounts() {
        assertThat(dollars("0.10").plus(dollars("-0.30"))).hasToString("-0.20 USD");
    }

    @Test
    void isTheSameMoneyWhateverItsTrailingZeros() {
        assertThat(dollars("0.90")).isEqualTo(dollars("0.9")).hasSameHashCodeAs(dollars("0.9"));
        assertThat(dollars("0.00")).isEqualTo(Money.zero(USD)).hasSameHashCodeAs(Money.zero(USD));
        assertThat(dollars("1E+2")).isEqualTo(dollars("100")).hasSameHashCodeAs(dollars("100"));
    }

    @Test
    void isOtherMoneyInAnotherCurrencyOrAmount() {
        assertThat(dollars("1")).isNotEqualTo(new Money(BigDecimal.ONE, EUR));
        assertThat(dollars("1")).isNotEqualTo(dollars("1.01"));
        assertThat(dollars("1")).isNotEqualTo(dollars("-1"));
    }

    @Test
    void refusesToAddAnotherCurrency() {
        assertThatIllegalStateException()
                .isThrownBy(() -> dollars("1.50").plus(new Money(new BigDecimal("2.25"), EUR)))
                .withMessage("Expected an amount in USD to add to 1.50 USD, but was 2.25 EUR.");
    }

    @Test
    void printsLargeAmountsWithoutAnExponent() {
        assertThat(dollars("6E+9")).hasToString("6000000000 USD");
    }

    private static Money dollars(String amount) {
        return new Money(new BigDecimal(amount), USD);
    }
}
