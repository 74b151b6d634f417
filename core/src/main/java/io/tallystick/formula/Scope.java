package io.tallystick.formula;

/** Where a formula's names get their values: the fields of one measurement, or the aggregations of one account. */
@FunctionalInterface
public interface Scope {
    /**
     * The value of a name.
     *
     * @param name one of {@link Formula#names()}
     * @return {@link Value#NOTHING} where the name has no value here
     */
    Value value(String name);
}
