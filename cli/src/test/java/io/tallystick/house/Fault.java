package io.tallystick.house;

/**
 * Something that breaks a rule of the house.
 *
 * @param rule its name in house-exemptions.txt
 * @param subject what breaks it; a size is part of it, so that an exemption holds for this size only
 * @param text what was expected, what is there, what to do
 */
record Fault(String rule, String subject, String text) {
    @Override
    public String toString() {
        return "[%s %s] %s".formatted(rule, subject, text);
    }
}
