package io.tallystick.server.api;

/**
 * One of each resource, in an organization of its own: a product, its meter with two aggregations, a plan template, a
 * plan, a pricing, an account that is on the plan. The AWS Lambda example of the README.
 */
record Sample(
        Visitor visitor,
        String product,
        String meter,
        String duration,
        String requests,
        String template,
        String plan,
        String pricing,
        String account,
        String accountPlan) {
    static Sample of(Visitor visitor) {
        String product = visitor.created("/products", "{'code':'lambda','name':'AWS Lambda'}");
        String meter = visitor.created("/meters", meter(product));
        String duration = visitor.created("/aggregations", aggregation(meter, "duration", "SUM", "1"));
        String requests = visitor.created("/aggregations", aggregation(meter, "memory", "COUNT", "1000000"));
        String template = visitor.created("/plantemplates", template(product));
        String plan = visitor.created("/plans", plan(template));
        String pricing = visitor.created(
                "/pricings",
                pricing(
                        plan,
                        duration,
                        "true",
                        "[0,0,0.00001833337],[6000000000,0,0.0000165],[15000000000,0,0.00001466674]"));
        visitor.created("/pricings", pricing(plan, requests, "true", "[0,0,0.22]"));
        String account = visitor.created("/accounts", account("mickey"));
        String accountPlan = visitor.created("/accountplans", accountPlan(account, plan));
        return new Sample(visitor, product, meter, duration, requests, template, plan, pricing, account, accountPlan);
    }

    static String meter(String product) {
        return """
                {'code':'lambda_meter','name':'Lambda','productId':'%s','dataFields':[
                 {'code':'memory','name':'Memory','category':'MEASURE','unit':'GB'},
                 {'code':'time','name':'Time','category':'MEASURE','unit':'s'}],
                 'derivedFields':[{'code':'duration','name':'Duration','category':'MEASURE','unit':'GBs','calculation':'memory*time'}]}"""
                .formatted(product);
    }

    static String aggregation(String meter, String field, String function, String perUnit) {
        return "{'name':'%s of %s','meterId':'%s','targetField':'%s','aggregation':'%s','quantityPerUnit':%s,'rounding':'NONE','unit':'unit'}"
                .formatted(function, field, meter, field, function, perUnit);
    }

    static String template(String product) {
        return "{'name':'Template','productId':'%s','currency':'USD','billFrequency':'MONTHLY','standingCharge':0}"
                .formatted(product);
    }

    static String plan(String template) {
        return "{'code':'plan','name':'Plan','planTemplateId':'%s'}".formatted(template);
    }

    /**
     * A pricing from December 2024 on.
     *
     * @param bands lowerLimit, fixedPrice and unitPrice of each
     */
    static String pricing(String plan, String aggregation, String cumulative, String bands) {
        return "{'planId':'%s','aggregationId':'%s','cumulative':%s,'startDate':'2024-12-01T00:00:00Z','pricingBands':[%s]}"
                .formatted(
                        plan,
                        aggregation,
                        cumulative,
                        bands.replaceAll(
                                "\\[([^,]+),([^,]+),([^\\]]+)]", "{'lowerLimit':$1,'fixedPrice':$2,'unitPrice':$3}"));
    }

    static String account(String code) {
        return "{'code':'%s','name':'Mickey Mouse Inc','emailAddress':'mickey@example.com'}".formatted(code);
    }

    static String accountPlan(String account, String plan) {
        return "{'accountId':'%s','planId':'%s','startDate':'2024-12-01T00:00:00Z'}".formatted(account, plan);
    }

    /** One measurement in December 2024. */
    static String measurement(String account, String memory, String time) {
        return "{'meter':'lambda_meter','account':'%s','ts':'2024-12-12T20:36:00.123456Z','measure':{'memory':%s,'time':%s}}"
                .formatted(account, memory, time);
    }

    static String batch(String... measurements) {
        return "{'measurements':[%s]}".formatted(String.join(",", measurements));
    }
}
