package io.tallystick.house;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Names are the domain's words. */
final class NameRules {
    private static final Pattern EMPTY_WORDS =
            Pattern.compile("(Default|Abstract|Base)[A-Z].*|.*(Manager|Helper|Utils?|Impl|Service|Data)");
    private static final Set<String> EMPTY_PACKAGES =
            Set.of("util", "utils", "common", "service", "impl", "manager", "helper", "model", "core");

    private NameRules() {}

    static List<Fault> types(House house) {
        return house.classes().stream()
                .filter(type -> EMPTY_WORDS.matcher(type.getSimpleName()).matches())
                .map(JavaClass::getName)
                .map(name -> name.substring(house.root().length() + 1))
                .map(name -> new Fault(
                        "names",
                        name,
                        "Expected a noun or verb of the domain, but %s has a word that fits anything. Say what it is, or what it does."
                                .formatted(name)))
                .toList();
    }

    static List<Fault> packages(House house) {
        return house.packages().stream()
                .filter(room -> Arrays.stream(room.split("\\.", -1)).anyMatch(EMPTY_PACKAGES::contains))
                .map(room -> new Fault(
                        "names",
                        room,
                        "Expected a room to be a concept, but %s is a drawer. Put each type where its concept lives."
                                .formatted(room)))
                .toList();
    }
}
