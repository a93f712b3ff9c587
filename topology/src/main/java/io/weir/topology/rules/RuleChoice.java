package io.weir.topology.rules;

import io.weir.schemas.EventKind;
import io.weir.schemas.FraudRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rules count: those of a file, none, or those that ship.
 *
 * @param file of rules
 * @param none no rule at all
 */
public record RuleChoice(Optional<Path> file, boolean none) {

    /** Those that ship. */
    public static final RuleChoice SHIPPED = new RuleChoice(Optional.empty(), false);
    /** No rule at all. */
    public static final RuleChoice NONE = new RuleChoice(Optional.empty(), true);

    private static final String NO_RULES = "none";

    /** As a command is told: {@code none}, or the name of a file. */
    public static RuleChoice of(String written) {
        return written.equals(NO_RULES) ? NONE : of(Path.of(written));
    }

    /** Those of a file. */
    public static RuleChoice of(Path file) {
        return new RuleChoice(Optional.of(file), false);
    }

    /**
     * The rules.
     *
     * @param version of a rule for which the file gives none
     * @param read kinds of event that rules can look at
     * @throws io.weir.topology.files.FileException if the file cannot be read
     * @throws io.weir.topology.yaml.YamlFileException with everything that is wrong in it
     */
    public List<FraudRule> rules(long version, Set<EventKind> read) {
        if (none) {
            return List.of();
        }
        return file.map(path -> RuleFile.read(path, version, read)).orElseGet(() -> RuleFile.shipped(version, read));
    }
}
