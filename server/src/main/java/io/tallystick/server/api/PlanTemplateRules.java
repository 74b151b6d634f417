package io.tallystick.server.api;

import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.server.api.resource.Draft;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.http.Problem;
import java.util.Optional;

/** A plan template stays with its product while plans inherit it. */
final class PlanTemplateRules implements Rules<PlanTemplate> {
    @Override
    public Optional<Problem> contradiction(PlanTemplate content, Draft<PlanTemplate> draft) {
        return ProductStays.check(
                draft, PlanTemplate::product, content, draft.id().value(), Plan.KIND, "planTemplateId");
    }
}
