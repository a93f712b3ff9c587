package io.weir.topology.yaml;

import java.util.Comparator;
import org.yaml.snakeyaml.error.Mark;

/**
 * A place in a file, as editors count.
 *
 * @param line from 1
 * @param column from 1, in characters (code points)
 */
public record Position(int line, int column) implements Comparable<Position> {

    static final Position START = new Position(1, 1);

    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    static Position of(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Where a text ends. */
    static Position endOf(CharSequence text) {
        String all = text.toString();
        int lineStart = all.lastIndexOf('\n') + 1;
        int line = 1 + (int) all.chars().filter(c -> c == '\n').count();
        return new Position(line, 1 + all.codePointCount(lineStart, all.length()));
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
