package io.tallystick.house;

import com.sun.source.tree.ImportTree;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A house to look at: the one that is built, or one of those with planted faults.
 *
 * @param root package above all rooms
 * @param classes compiled, of main code
 * @param sources of main code and tests; none for a planted house
 */
record House(String root, List<JavaClass> classes, List<Source> sources) {
    /** Everybody may import the annotation that says who may import what. */
    private static final String ANNOTATIONS = "room";

    private static final String ROOM = "io.tallystick.room.Room";
    private static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";

    /** The house that is built, seen from the directory of the module cli. */
    static House built() throws IOException {
        return new House(
                "io.tallystick",
                sorted(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.tallystick")),
                Source.ofHouse(Path.of("..")));
    }

    static House planted(String name) {
        String root = "io.tallystick.planted." + name;
        return new House(root, sorted(new ClassFileImporter().importPackages(root)), List.of());
    }

    private static List<JavaClass> sorted(JavaClasses classes) {
        return classes.stream().sorted(Comparator.comparing(JavaClass::getName)).toList();
    }

    /** The names of all packages with code or a package-info, relative to the root. */
    SortedSet<String> packages() {
        return classes.stream()
                .map(type -> type.getPackageName())
                .filter(name -> !name.equals(root))
                .map(name -> name.substring(root.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean isNullMarked(String room) {
        return packageInfo(room)
                .filter(info -> info.isAnnotatedWith(NULL_MARKED))
                .isPresent();
    }

    /** What a room's annotation says, in its order; nothing where there is no annotation. */
    Optional<List<String>> doors(String room) {
        return packageInfo(room)
                .flatMap(info -> info.tryGetAnnotationOfType(ROOM))
                .map(annotation -> annotation.get("doors").orElseGet(() -> new Object[0]))
                .map(doors ->
                        Arrays.stream((Object[]) doors).map(String::valueOf).toList());
    }

    /** The doors of all rooms that have the annotation. */
    SortedMap<String, List<String>> doors() {
        SortedMap<String, List<String>> doors = new TreeMap<>();
        packages().forEach(room -> doors(room).ifPresent(list -> doors.put(room, list)));
        return doors;
    }

    /** Classes of a room, without its package-info. */
    List<JavaClass> classes(String room) {
        return classes.stream()
                .filter(type -> type.getPackageName().equals(root + "." + room))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
    }

    /**
     * The other packages that a room imports: what its class files depend on, and what its sources import, because a
     * constant leaves no trace in a class file.
     */
    SortedSet<String> imports(String room) {
        Set<String> rooms = new HashSet<>(packages());
        Stream<String> compiled = classes(room).stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(Dependency::getTargetClass)
                .map(type -> type.getBaseComponentType().getPackageName());
        Stream<String> written = sources.stream()
                .filter(source -> !source.isTest() && source.packageName().equals(root + "." + room))
                .flatMap(source -> source.tree().getImports().stream())
                .map(House::packageOf);
        return Stream.concat(compiled, written)
                .filter(name -> name.startsWith(root + "."))
                .map(name -> name.substring(root.length() + 1))
                .filter(name -> rooms.contains(name) && !name.equals(room) && !name.equals(ANNOTATIONS))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Packages have small letters and types a capital one, so an import's package ends before the first capital. */
    private static String packageOf(ImportTree imported) {
        return imported.getQualifiedIdentifier().toString().replaceFirst("\\.[A-Z*].*", "");
    }

    private Optional<JavaClass> packageInfo(String room) {
        return classes.stream()
                .filter(type -> type.getName().equals(root + "." + room + ".package-info"))
                .findFirst();
    }
}
