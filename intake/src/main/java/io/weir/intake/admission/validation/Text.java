package io.weir.intake.admission.validation;

/** What text may hold. */
public final class Text {

    /** Longest identifier, in characters (code points). */
    public static final int MAX_IDENTIFIER = 256;

    private static final char REPLACEMENT = '\uFFFD';

    private Text() {}

    /**
     * What is wrong with an identifier.
     *
     * @return null if nothing is; else what was found, without quoting it
     */
    public static String faultOfIdentifier(String value) {
        int length = value.length();
        if (length == 0) {
            return "an empty text";
        }
        if (length > MAX_IDENTIFIER && value.codePointCount(0, length) > MAX_IDENTIFIER) {
            return value.codePointCount(0, length) + " characters";
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                return "a control character";
            }
            if (Character.isSurrogate(c)) {
                if (isLone(value, i)) {
                    return "half a surrogate pair";
                }
                i++;
            }
        }
        return null;
    }

    /** Whether a text holds a control character or half a surrogate pair. */
    public static boolean isBroken(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                return true;
            }
            if (Character.isSurrogate(c)) {
                if (isLone(value, i)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** The text with U+FFFD for each half surrogate pair, which UTF-8 cannot hold; the same object if there is none. */
    public static String clean(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                return replaceLone(value);
            }
        }
        return value;
    }

    private static String replaceLone(String value) {
        StringBuilder clean = new StringBuilder(value);
        for (int i = 0; i < clean.length(); i++) {
            if (Character.isSurrogate(clean.charAt(i))) {
                if (isLone(value, i)) {
                    clean.setCharAt(i, REPLACEMENT);
                } else {
                    i++;
                }
            }
        }
        return clean.toString();
    }

    /** Whether the surrogate at an index, which is not the second half of a pair, has no second half. */
    private static boolean isLone(String value, int index) {
        return Character.isLowSurrogate(value.charAt(index))
                || index + 1 == value.length()
                || !Character.isLowSurrogate(value.charAt(index + 1));
    }
}
