package io.tallystick.house;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who may import whom. */
final class DoorRules {
    private DoorRules() {}

    /** Every package says that it is a room, and that it has no nulls. */
    static List<Fault> marks(House house) {
        return house.packages().stream()
                .filter(room -> !room.equals("room"))
                .filter(room -> !house.isNullMarked(room) || house.doors(room).isEmpty())
                .map(room -> new Fault(
                        "marks",
                        room,
                        "Expected a package-info with @NullMarked and @Room, but %s has not both. Copy the form of another room's."
                                .formatted(room)))
                .toList();
    }

    /** What is imported is a door, and every door is imported. */
    static List<Fault> doors(House house) {
        List<Fault> faults = new ArrayList<>();
        house.doors().forEach((room, doors) -> {
            Set<String> imports = house.imports(room);
            imports.stream()
                    .filter(name -> !doors.contains(name))
                    .map(name -> new Fault(
                            "doors",
                            room + " -> " + name,
                            "Expected %s to import from its doors %s only, but it imports %s. Move what is needed, or add the door to its package-info and to ARCHITECTURE.md."
                                    .formatted(room, doors, name)))
                    .forEach(faults::add);
            doors.stream()
                    .filter(name -> !imports.contains(name))
                    .map(name -> new Fault(
                            "doors",
                            room + " -> " + name,
                            "Expected every door of %s to be used, but it imports nothing of %s. Remove the door from its package-info and from ARCHITECTURE.md."
                                    .formatted(room, name)))
                    .forEach(faults::add);
        });
        return faults;
    }

    /** Doors stand in the order of the alphabet, each once. */
    static List<Fault> order(House house) {
        List<Fault> faults = new ArrayList<>();
        house.doors().forEach((room, doors) -> {
            List<String> sorted = doors.stream().distinct().sorted().toList();
            if (!doors.equals(sorted)) {
                faults.add(new Fault(
                        "order", room, "Expected doors = %s, but the package-info says %s.".formatted(sorted, doors)));
            }
        });
        return faults;
    }

    /** No way leads out of a package and back into it. */
    static List<Fault> cycles(House house) {
        return house.packages().stream()
                .filter(room -> reachable(house, room).contains(room))
                .map(room -> new Fault(
                        "cycles",
                        room,
                        "Expected imports to lead away from %s for good, but they come back to it. The types that both sides need belong into one of them, or below both."
                                .formatted(room)))
                .toList();
    }

    private static Set<String> reachable(House house, String from) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(house.imports(from));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (reached.add(next)) {
                open.addAll(house.imports(next));
            }
        }
        return reached;
    }

    /** The wiring knows everybody, so nobody may know the wiring. */
    static List<Fault> wiring(House house) {
        return house.packages().stream()
                .filter(room -> !room.equals("cli"))
                .filter(room -> house.imports(room).contains("server.app"))
                .map(room -> new Fault(
                        "wiring",
                        room,
                        "Expected nobody but cli to import server.app, but %s does. Let the wiring hand in what is needed."
                                .formatted(room)))
                .toList();
    }

    /** A package stands in the module that its name says: server.* in server, cli in cli, bench in bench, all others in core. */
    static List<Fault> modules(List<Source> sources) {
        return sources.stream()
                .filter(source -> !source.isTest())
                .filter(source -> !source.module().equals(module(source.packageName())))
                .map(source -> new Fault(
                        "modules",
                        source.path(),
                        "Expected package %s in module %s, but it is in %s."
                                .formatted(source.packageName(), module(source.packageName()), source.module())))
                .toList();
    }

    private static String module(String packageName) {
        return Stream.of("server", "cli", "bench")
                .filter(module -> (packageName + ".").startsWith("io.tallystick." + module + "."))
                .findFirst()
                .orElse("core");
    }
}
