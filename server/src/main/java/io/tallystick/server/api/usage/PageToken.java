package io.tallystick.server.api.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallystick.usage.StoredMeasurement;
import io.tallystick.usage.UsageWatermark;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of measurements ended, and in which state it was read: what arrives meanwhile moves nothing. Clients pass
 * it back as they got it.
 */
public record PageToken(UsageWatermark watermark, StoredMeasurement.Place place) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) (-?[0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,9})");

    public String written() {
        String text = watermark.value() + " " + place.eventMicros() + " " + place.commit() + " " + place.position();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /** Nothing where the text is none of ours. */
    public static Optional<PageToken> read(String text) {
        try {
            Matcher parts = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), UTF_8));
            return parts.matches()
                    ? Optional.of(new PageToken(
                            new UsageWatermark(parts.group(1)),
                            new StoredMeasurement.Place(
                                    Long.parseLong(parts.group(2)),
                                    Long.parseLong(parts.group(3)),
                                    Integer.parseInt(parts.group(4)))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the caller says what was expected
        }
    }
}
