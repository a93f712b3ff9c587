package io.weir.fraud.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The regular expressions of conditions, each compiled once. Safe for many threads. */
final class Patterns {

    /** A step through each for each character of a text in the worst case, some 10 ns: what the longest condition could spell out. */
    static final int MOST_STATES = Expression.LONGEST;
    /** More than all rules have: those of versions that are gone are compiled again if they come back. */
    private static final int MOST_KEPT = 10_000;

    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private Patterns() {}

    /**
     * What is wrong with a pattern, if anything is.
     *
     * @param most so many characters with all repetitions are left for it, of {@link #MOST_STATES} for a condition
     */
    static Optional<String> check(String pattern, long most) {
        if (PatternSize.of(pattern) > most) {
            return Optional.of("a regular expression that repeats so much takes too long: expected at most "
                    + MOST_STATES + " characters with all repetitions");
        }
        try {
            Pattern.compile(pattern);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("not a regular expression: " + e.getMessage());
        }
    }

    /** Whether a part of a text is as a pattern, which was checked, says. */
    static boolean isIn(String text, String pattern) {
        Pattern compiled = COMPILED.get(pattern);
        if (compiled == null) {
            compiled = Pattern.compile(pattern);
            if (COMPILED.size() < MOST_KEPT) {
                COMPILED.put(pattern, compiled);
            }
        }
        return compiled.matcher(text).find();
    }
}
