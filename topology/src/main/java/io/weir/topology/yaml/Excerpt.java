package io.weir.topology.yaml;

/** What a file holds as part of a sentence: on one line and not longer than can be read. */
final class Excerpt {

    private static final int LONGEST = 60;

    private Excerpt() {}

    static String quoted(String text) {
        return '"' + of(text) + '"';
    }

    static String of(String text) {
        StringBuilder excerpt = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> append(c, excerpt));
        return text.codePointCount(0, text.length()) > LONGEST
                ? excerpt.append('…').toString()
                : excerpt.toString();
    }

    private static void append(int character, StringBuilder excerpt) {
        switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> excerpt.append("\\u%04x".formatted(character));
            default -> excerpt.appendCodePoint(character);
        }
    }
}
