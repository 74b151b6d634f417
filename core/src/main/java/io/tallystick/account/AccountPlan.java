package io.tallystick.account;

import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.Product;
import io.tallystick.document.Kind;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.time.Validity;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An account is on a plan for a time.
 *
 * @param product the plan's product, of which an account has one plan at a time
 * @param billEpoch goes before the account's
 */
public record AccountPlan(
        Id<Account> account,
        Id<Plan> plan,
        Id<Product> product,
        Validity validity,
        Optional<LocalDate> billEpoch,
        Optional<Code> code,
        CustomFields customFields) {
    public static final Kind<AccountPlan> KIND = Kind.of("accountplan", AccountPlan.class)
            .uniqueIfPresent("code", accountPlan -> accountPlan.code().map(Code::value))
            .refersTo("account", Account.KIND, AccountPlan::account)
            .refersTo("plan", Plan.KIND, AccountPlan::plan)
            .foundBy("product", accountPlan -> Optional.of(accountPlan.product().value()));

    /** Whether an account would be on two plans of one product at the same time. */
    public boolean collidesWith(AccountPlan other) {
        return account.equals(other.account) && product.equals(other.product) && validity.overlaps(other.validity);
    }
}
