package io.tallystick.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of types and methods in a page, in backticks: {@code `Type`} or {@code `Type.method`}. */
final class PageNames {
    private static final Pattern NAME = Pattern.compile("`([A-Z][a-z]\\w+(?:\\.[a-z]\\w+)?)`");

    private PageNames() {}

    /** Those that are nowhere in the sources. */
    static Set<String> unknown(String page, List<Source> sources) {
        Set<String> known = new HashSet<>();
        sources.forEach(source -> new TreeScanner<Void, String>() {
            @Override
            public Void visitClass(ClassTree type, String outer) {
                String name = type.getSimpleName().toString();
                known.add(name);
                return super.visitClass(type, name);
            }

            @Override
            public Void visitMethod(MethodTree method, String type) {
                known.add(type + "." + method.getName());
                return super.visitMethod(method, type);
            }
        }.scan(source.tree(), ""));
        Set<String> unknown = new TreeSet<>();
        Matcher found = NAME.matcher(page);
        while (found.find()) {
            if (!known.contains(found.group(1))) {
                unknown.add(found.group(1));
            }
        }
        return unknown;
    }
}
