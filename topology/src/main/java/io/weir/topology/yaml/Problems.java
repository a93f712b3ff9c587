package io.weir.topology.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what is wrong with a file, so that its author can mend all of it at once. */
public final class Problems {

    /** More than anyone mends in one go, and less than fills the memory when a large file is something else altogether. */
    private static final int MOST = 1_000;

    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private long unlisted;

    /** @param file as the user wrote it */
    Problems(String file) {
        this.file = file;
    }

    /**
     * Adds one.
     *
     * @param sentence without a full stop at its end
     */
    public void add(Position position, String sentence) {
        if (found.size() < MOST) {
            found.add(new Problem(position, sentence));
        } else {
            unlisted++;
        }
    }

    /**
     * Adds one after which nothing more can be found.
     *
     * @return to be thrown
     */
    YamlFileException with(Position position, String sentence) {
        add(position, sentence);
        return exception();
    }

    /** @throws YamlFileException if anything was added */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw exception();
        }
    }

    private YamlFileException exception() {
        List<String> sentences = found.stream()
                .sorted(Comparator.comparing(Problem::position))
                .map(problem -> file + ":" + problem.position() + ": " + problem.sentence())
                .collect(Collectors.toCollection(ArrayList::new));
        if (unlisted > 0) {
            sentences.add(file + ": " + unlisted + " more problems are not listed");
        }
        return new YamlFileException(sentences);
    }

    private record Problem(Position position, String sentence) {}
}
