package io.tallystick.server.json.correction;

import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.billing.reason.Reason;
import io.tallystick.id.Code;
import io.tallystick.server.json.Field;
import io.tallystick.server.json.Shape;
import io.tallystick.server.json.Types;
import java.util.Optional;

/** A reason to give something back or to charge it, as JSON. Source: m3ter API, picklists creditreasons and debitreasons. */
public final class ReasonJson {
    private static final Field<Reason, String> NAME = required("name", Types.text(1, 200), Reason::name);
    private static final Field<Reason, Code> CODE = optional("code", Types.CODE, Reason::code);
    private static final Field<Reason, Boolean> ARCHIVED =
            optional("archived", Types.FLAG, reason -> Optional.of(reason.isArchived()));

    public static final Shape<Reason> SHAPE = Shape.of(
            values -> new Reason(
                    values.get(NAME), values.find(CODE), values.find(ARCHIVED).orElse(false)),
            NAME,
            CODE,
            ARCHIVED);

    private ReasonJson() {}
}
