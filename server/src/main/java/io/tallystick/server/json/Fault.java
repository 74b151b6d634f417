package io.tallystick.server.json;

/**
 * One thing that is wrong with what somebody sent.
 *
 * @param field path of the field, for example {@code dataFields[0].code}
 * @param code stable, for programs
 * @param message for people: what was expected, what was there, what to do
 */
public record Fault(String field, Code code, String message) {
    /** A sentence of a room, with the field that it is about. */
    public static String placed(String sentence, String field) {
        String open = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        return open + " in " + field + ".";
    }

    /** The stable words. */
    public enum Code {
        /** A value breaks a rule of its field. */
        INVALID("invalid"),
        /** A required field is absent. */
        MISSING("missing"),
        /** Understood, but not built yet; with its neutral value or without the field it is accepted. */
        NOT_YET_SUPPORTED("not_yet_supported"),
        /** A field names something that does not exist. */
        UNKNOWN_REFERENCE("unknown_reference");

        private final String word;

        Code(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
