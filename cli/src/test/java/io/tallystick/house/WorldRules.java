package io.tallystick.house;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Rooms compute. They import the JDK's packages without an outside, jspecify and each other; and of those packages they
 * use nothing that reads a clock, the machine's settings or chance, or that starts a thread. Waiting for a lock or a
 * future is allowed: {@code usage.intake.Intake} makes requests wait, on threads that an edge lends it.
 */
final class WorldRules {
    private static final Set<String> PACKAGES = Set.of(
            "java.lang",
            "java.lang.annotation",
            "java.lang.foreign",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.math",
            "java.nio.charset",
            "java.time",
            "java.time.format",
            "java.time.temporal",
            "java.time.zone",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "org.jspecify.annotations");

    /** Types that are a door to the outside by themselves. */
    private static final Set<String> TYPES = Set.of(
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.System$Logger",
            "java.lang.ThreadLocal",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Timer",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ScheduledThreadPoolExecutor",
            "java.util.concurrent.StructuredTaskScope",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.concurrent.ThreadPoolExecutor");

    /** Members that a type without an outside has all the same. */
    private static final Set<String> MEMBERS = Set.of(
            "java.lang.Math.random",
            "java.util.Locale.getDefault",
            "java.util.TimeZone.getDefault",
            "java.util.UUID.randomUUID",
            "java.nio.charset.Charset.defaultCharset",
            "java.time.ZoneId.systemDefault");

    /** Of these two types, only these members have no outside. */
    private static final Set<String> HARMLESS = Set.of(
            "java.lang.System.arraycopy",
            "java.lang.System.identityHashCode",
            "java.lang.Thread.currentThread",
            "java.lang.Thread.interrupt",
            "java.lang.Thread.interrupted");

    private WorldRules() {}

    static boolean isEdge(String room) {
        return (room + ".").startsWith("server.") || room.equals("cli");
    }

    /** What rooms use of the outside. */
    static List<Fault> world(House house) {
        return house.packages().stream()
                .filter(room -> !isEdge(room))
                .flatMap(room -> house.classes(room).stream())
                .flatMap(type -> touched(house, type).map(what -> fault(house, type, what)))
                .distinct()
                .toList();
    }

    private static Fault fault(House house, JavaClass type, String what) {
        String name = type.getName().substring(house.root().length() + 1);
        return new Fault(
                "world",
                name + " -> " + what,
                "Expected a room to compute and to touch nothing outside, but %s uses %s. Let an edge do it, and take what comes of it as an argument."
                        .formatted(name, what));
    }

    private static Stream<String> touched(House house, JavaClass type) {
        Set<String> touched = new TreeSet<>();
        type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(target -> !target.isPrimitive())
                .filter(target -> isOutside(house, target))
                .forEach(target -> touched.add(target.getName()));
        Stream.of(type.getAccessesFromSelf(), type.getMethodReferencesFromSelf())
                .flatMap(Set::stream)
                .map(JavaAccess::getTarget)
                .map(WorldRules::member)
                .filter(WorldRules::isOutside)
                .forEach(touched::add);
        return touched.stream();
    }

    private static boolean isOutside(House house, JavaClass target) {
        String packageName = target.getPackageName();
        boolean isRoom = packageName.startsWith(house.root() + ".")
                && !isEdge(packageName.substring(house.root().length() + 1));
        boolean isAnnotation = packageName.equals("io.tallystick.room");
        return TYPES.contains(target.getName()) || !(isRoom || isAnnotation || PACKAGES.contains(packageName));
    }

    private static String member(AccessTarget target) {
        return target.getOwner().getName() + "." + target.getName();
    }

    private static boolean isOutside(String member) {
        boolean isOfTime = member.startsWith("java.time.") && member.endsWith(".now");
        boolean isOfMachine = member.startsWith("java.lang.System.") || member.startsWith("java.lang.Thread.");
        boolean isAsync = member.startsWith("java.util.concurrent.CompletableFuture.") && member.endsWith("Async");
        boolean isParallel = member.endsWith(".parallel") || member.endsWith(".parallelStream");
        return isOfTime
                || isAsync
                || isParallel
                || MEMBERS.contains(member)
                || (isOfMachine && !HARMLESS.contains(member));
    }
}
