package io.weir.core.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as people write them: {@code 512KiB}, {@code 256MiB}, {@code 2GiB}. */
final class ByteSizes {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})(KiB|MiB|GiB)");

    private ByteSizes() {}

    static long parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        int shift = switch (matcher.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 30;
        };
        return Long.parseLong(matcher.group(1)) << shift;
    }
}
