package io.tallystick.server.api;

import io.tallystick.account.AccountPlan;
import io.tallystick.catalog.Plan;
import io.tallystick.server.api.resource.Draft;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.AccountPlanJson;
import io.tallystick.server.json.Values;
import java.util.Optional;

/** An account is on one plan of a product at a time. */
final class AccountPlanRules implements Rules<AccountPlan> {
    @Override
    public void complete(Values<AccountPlan> values, Draft<AccountPlan> draft) {
        draft.referred("planId", Plan.KIND, values.get(AccountPlanJson.PLAN))
                .ifPresent(plan ->
                        values.set(AccountPlanJson.PRODUCT, plan.content().product()));
    }

    @Override
    public Optional<Problem> contradiction(AccountPlan content, Draft<AccountPlan> draft) {
        return draft
                .reading()
                .findBy(
                        AccountPlan.KIND,
                        draft.organization(),
                        "account",
                        content.account().value())
                .stream()
                .filter(other -> !other.id().equals(draft.id()))
                .filter(other -> content.collidesWith(other.content()))
                .findFirst()
                .map(other -> Problem.of(
                        Problem.Code.CONFLICT,
                        "Expected account %s to be on one plan of product %s at a time, but %s overlaps account plan %s, which is in force %s. Give that one an endDate first."
                                .formatted(
                                        content.account(),
                                        content.product(),
                                        content.validity(),
                                        other.id(),
                                        other.content().validity())));
    }
}
