package io.weir.topology.yaml;

import java.util.HashMap;
import java.util.Map;

/** Things that have an identifier each, and must not be in a file twice. */
public final class OnceEach {

    private final String thing;
    private final Problems problems;
    private final Map<String, Position> first = new HashMap<>();

    /**
     * Nothing was there yet.
     *
     * @param thing what they are, such as {@code merchant}
     */
    public OnceEach(String thing, Problems problems) {
        this.thing = thing;
        this.problems = problems;
    }

    /** Takes note of an identifier, and of the problem if it was there before. */
    public void add(String id, Field field) {
        Position before = first.putIfAbsent(id, field.position());
        if (before != null) {
            problems.add(
                    field.position(),
                    field.name() + ": expected each " + thing + " once, found " + field.found()
                            + " again (first in line " + before.line() + ")");
        }
    }
}
