package io.tallystick.catalog;

import io.tallystick.id.Id;

/** What a pricing is attached to. A plan's own pricing of an aggregation takes the place of its template's. */
public sealed interface Priced {
    record OnPlan(Id<Plan> plan) implements Priced {}

    record OnTemplate(Id<PlanTemplate> template) implements Priced {}
}
