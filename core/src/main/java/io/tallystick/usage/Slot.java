package io.tallystick.usage;

/** A column of a meter's usage rows. The catalogue says which field stands in it. */
public sealed interface Slot {
    /** From 0, among the slots of its sort. */
    int index();

    record NumberSlot(int index) implements Slot {}

    record TextSlot(int index) implements Slot {}
}
