package io.tallystick.catalog;

import io.tallystick.id.FieldCode;
import java.util.Optional;

/**
 * A field that measurements carry.
 *
 * @param unit what a number counts, for example {@code GB}; of no meaning for text
 */
public record DataField(FieldCode code, String name, FieldCategory category, Optional<String> unit) {}
