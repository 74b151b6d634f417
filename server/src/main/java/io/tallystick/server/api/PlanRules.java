package io.tallystick.server.api;

import io.tallystick.account.AccountPlan;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.server.api.resource.Draft;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.PlanJson;
import io.tallystick.server.json.Values;
import java.util.Optional;

/** A plan is of its template's product, and stays of it while accounts are on it. */
final class PlanRules implements Rules<Plan> {
    @Override
    public void complete(Values<Plan> values, Draft<Plan> draft) {
        draft.referred("planTemplateId", PlanTemplate.KIND, values.get(PlanJson.TEMPLATE))
                .ifPresent(template ->
                        values.set(PlanJson.PRODUCT, template.content().product()));
    }

    @Override
    public Optional<Problem> contradiction(Plan content, Draft<Plan> draft) {
        return ProductStays.check(draft, Plan::product, content, draft.id().value(), AccountPlan.KIND, "plan");
    }
}
