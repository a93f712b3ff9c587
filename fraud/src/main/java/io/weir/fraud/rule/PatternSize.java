package io.weir.fraud.rule;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a regular expression in RE2's syntax is with all that it repeats, before it is compiled: {@code (a{300}){300}} is 90 000 characters, and a
 * third repetition more than the memory holds. One that is wrong has some size too.
 */
final class PatternSize {

    private static final Pattern REPEATED = Pattern.compile("\\{(\\d{1,9})(,(\\d{1,9})?)?}");
    /** A class by its name, one in brackets, or one that is escaped. */
    private static final Pattern CHARACTER =
            Pattern.compile("(?s)\\\\[pPx]\\{[^}]*}|\\[\\^?]?(?:\\\\.|\\[:\\^?\\w+:]|[^\\]\\\\])*+]|\\\\.");

    private static final Pattern QUOTED = Pattern.compile("(?s)\\\\Q.*?(\\\\E|$)");
    private static final Pattern GROUP = Pattern.compile("\\((\\?(P?<\\w*>|[a-zA-Z-]*:?))?");
    /** More than any that is let in: what is larger need not be known. */
    private static final long LARGEST = 1_000_000_000;

    private final String text;
    private int at;

    private PatternSize(String text) {
        this.text = text;
    }

    /** In characters and classes of characters. */
    static long of(String pattern) {
        PatternSize size = new PatternSize(pattern);
        long all = 0;
        while (size.at < pattern.length()) {
            all = Math.min(LARGEST, all + size.sequence());
            // A parenthesis that closes nothing.
            size.at++;
        }
        return all;
    }

    /** Up to the end, or the parenthesis that closes it. */
    private long sequence() {
        long all = 0;
        long last = 0;
        while (at < text.length() && text.charAt(at) != ')') {
            long times = repetition();
            if (times >= 0) {
                all += last * times - last;
                last *= times;
            } else {
                last = one();
                all += last;
            }
            all = Math.min(LARGEST, all);
            last = Math.min(LARGEST, last);
        }
        return all;
    }

    /** How often the one before is repeated; -1 if something else is here. */
    private long repetition() {
        Matcher matcher = at(REPEATED);
        if (!matcher.lookingAt()) {
            return -1;
        }
        at = matcher.end();
        long least = Long.parseLong(matcher.group(1));
        return Math.max(1, matcher.group(3) == null ? least : Math.max(least, Long.parseLong(matcher.group(3))));
    }

    private long one() {
        Matcher quoted = at(QUOTED);
        if (quoted.lookingAt()) {
            at = quoted.end();
            return (long) quoted.end() - quoted.start();
        }
        if (text.charAt(at) == '(') {
            return group();
        }
        Matcher character = at(CHARACTER);
        at = character.lookingAt() ? character.end() : at + 1;
        return 1;
    }

    private long group() {
        Matcher opening = at(GROUP);
        if (opening.lookingAt()) {
            at = opening.end();
        }
        long inside = sequence();
        at++;
        return inside + 1;
    }

    private Matcher at(Pattern pattern) {
        return pattern.matcher(text).region(Math.min(at, text.length()), text.length());
    }
}
