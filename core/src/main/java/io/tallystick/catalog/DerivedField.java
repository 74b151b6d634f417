package io.tallystick.catalog;

import io.tallystick.formula.Formula;
import io.tallystick.id.FieldCode;
import java.util.Optional;

/**
 * A field that is computed from a measurement's other fields when it comes in, and frozen with it.
 *
 * @param calculation over the codes of the meter's data fields
 */
public record DerivedField(
        FieldCode code, String name, FieldCategory category, Optional<String> unit, Formula calculation) {}
