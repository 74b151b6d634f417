package io.tallystick.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The faults that are known and allowed, each a line {@code rule subject: reason} of one file that may only shrink.
 *
 * @param reasons by {@code rule subject}
 */
record Exemptions(Map<String, String> reasons) {
    static Exemptions read(Path file) throws IOException {
        return of(Files.readAllLines(file));
    }

    static Exemptions of(List<String> lines) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int colon = line.indexOf(": ");
                if (colon < 0 || line.substring(colon + 2).isBlank()) {
                    throw new IllegalStateException(
                            "Expected lines `rule subject: reason` in house-exemptions.txt, but one is: " + line);
                }
                reasons.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return new Exemptions(reasons);
    }

    /** The faults that no line allows, and the lines that no fault needs any more. */
    List<String> remaining(List<Fault> faults) {
        List<String> remaining = new ArrayList<>();
        faults.stream()
                .filter(fault -> !reasons.containsKey(name(fault)))
                .map(Fault::toString)
                .forEach(remaining::add);
        Set<String> needed = faults.stream().map(Exemptions::name).collect(Collectors.toSet());
        reasons.keySet().stream()
                .filter(name -> !needed.contains(name))
                .map(name ->
                        "Expected every line of house-exemptions.txt to be needed, but \"%s\" is not. Delete it, or write the smaller size."
                                .formatted(name))
                .forEach(remaining::add);
        return remaining;
    }

    private static String name(Fault fault) {
        return fault.rule() + " " + fault.subject();
    }
}
