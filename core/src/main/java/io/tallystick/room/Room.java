package io.tallystick.room;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a package as a room of the house and names the rooms whose doors it may use. {@code HouseTest} holds this list
 * against the imports in the code and against the picture in ARCHITECTURE.md.
 */
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.CLASS)
public @interface Room {
    /** Names of the rooms that may be imported, relative to {@code io.tallystick}, sorted. */
    String[] doors() default {};
}
