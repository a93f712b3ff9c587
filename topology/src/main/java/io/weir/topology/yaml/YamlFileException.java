package io.weir.topology.yaml;

import java.util.List;

/** A file is not what it must be. Each problem is one sentence, for the user. */
public final class YamlFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    YamlFileException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, in the order of the file; each names the file, and where it can the line and the column. */
    public List<String> problems() {
        return problems;
    }
}
