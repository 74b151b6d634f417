package io.tallystick.account;

import java.util.Optional;

/** A postal address, as printed on a bill. */
public record Address(
        Optional<String> addressLine1,
        Optional<String> addressLine2,
        Optional<String> addressLine3,
        Optional<String> addressLine4,
        Optional<String> locality,
        Optional<String> region,
        Optional<String> postCode,
        Optional<String> country) {}
