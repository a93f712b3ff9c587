package io.weir.topology.rules;

import io.weir.schemas.EventKind;
import io.weir.schemas.FraudRule;
import io.weir.topology.yaml.ListFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Fraud rules as people write them: YAML, durations with their unit, conditions in CEL.
 *
 * <pre>{@code
 * rules:
 *   - id: repeated-clicks
 *     description: One visitor clicks again and again on one advertisement
 *     mode: live                       # live, shadow, off
 *     kind: velocity                   # match, velocity, sequence
 *     on: [click]
 *     when: client.country != 'DE'     # in CEL; every event if there is none
 *     group_by: [visitor, ad]
 *     measure: count                   # count, sum, distinct; the last two of what "measured" says
 *     limits: [{more_than: 1, in: 2s}, {more_than: 3, in: 1m}]
 *     include_before: false
 *     severity: medium                 # info, low, medium, high, critical
 *     route: clicks
 *     action: invalidate               # alert, suspect, invalidate
 *     subject: event                   # event, visitor
 *     version: 3
 * }</pre>
 *
 * <p>A match may have {@code lists: {key: ip_prefix, deny: [a], allow: [b]}}; a sequence has {@code sequence: {first:
 * impression, faults: [missing, too_old, repeated, too_soon], at_least: 100ms, at_most: 2h}}.
 */
public final class RuleFile {

    private static final ListFile RULES = new ListFile("rules", "fraud rules");
    private static final String DEFAULT = "default-rules.yaml";

    private RuleFile() {}

    /**
     * Reads a file.
     *
     * @param version of a rule for which the file gives none
     * @param read kinds of event that rules can look at
     * @throws io.weir.topology.files.FileException if it is missing, a directory, unreadable or larger than 16 MiB
     * @throws io.weir.topology.yaml.YamlFileException with everything that is wrong in it
     */
    public static List<FraudRule> read(Path path, long version, Set<EventKind> read) {
        return RULES.read(path, problems -> new RuleReader(version, read, problems)::read);
    }

    /** @param file how problems name it */
    static List<FraudRule> parse(String file, byte[] bytes, long version, Set<EventKind> read) {
        return RULES.parse(file, bytes, problems -> new RuleReader(version, read, problems)::read);
    }

    /**
     * The rules that ship, but those that look at kinds of event that are not read.
     *
     * @param version of all of them
     * @param read kinds of event that rules can look at
     */
    public static List<FraudRule> shipped(long version, Set<EventKind> read) {
        try (InputStream in = RuleFile.class.getResourceAsStream(DEFAULT)) {
            return parse(DEFAULT, in.readAllBytes(), version, Set.of(EventKind.values())).stream()
                    .filter(rule -> read.containsAll(rule.getOn()))
                    .filter(rule -> rule.getSequence() == null
                            || read.contains(rule.getSequence().getFirst()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
