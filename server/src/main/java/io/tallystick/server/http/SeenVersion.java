package io.tallystick.server.http;

import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import java.math.BigDecimal;
import java.util.Optional;

/** The version that a writer read before the change, in the body of a {@code PUT}. */
public final class SeenVersion {
    private SeenVersion() {}

    /** The version, or 0 and a fault. */
    public static int of(Json.Obj body, Faults faults) {
        Optional<Json> sent = body.member("version");
        if (sent.isPresent() && sent.get() instanceof Json.Num(String literal) && literal.matches("[0-9]{1,9}")) {
            return new BigDecimal(literal).intValueExact();
        }
        faults.add(new Fault(
                "version",
                sent.isPresent() ? Fault.Code.INVALID : Fault.Code.MISSING,
                "Expected the version that was read before the change, a whole number, but %s."
                        .formatted(sent.map(json -> "was " + json.shown()).orElse("it is absent"))));
        return 0;
    }
}
