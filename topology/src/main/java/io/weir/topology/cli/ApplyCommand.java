package io.weir.topology.cli;

import io.weir.core.settings.Settings;
import io.weir.core.topic.Topic;
import io.weir.topology.control.ControlTopic;
import io.weir.topology.terminal.Terminal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The records of a file, into their control topic or on a dry run no further than the terminal.
 *
 * @param <V> class of the records
 */
abstract class ApplyCommand<V extends SpecificRecord> implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--dry-run",
            description = "Only check the file, and show what it says; nothing is asked of the broker.")
    boolean dryRun;

    private final Topic<V> topic;
    private final String thing;
    private final Terminal terminal;
    private final InstantSource clock;

    /** @param thing what a record is, such as {@code budget} */
    ApplyCommand(Topic<V> topic, String thing, Terminal terminal, InstantSource clock) {
        this.topic = topic;
        this.thing = thing;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * What the file says.
     *
     * @param settings of the deployment
     * @param version of a record for which it gives none
     */
    abstract List<V> read(Settings settings, long version);

    /** The key of a record. */
    abstract String key(V value);

    /** The version of a record: of a key the highest counts. */
    abstract long version(V value);

    /** A record for the terminal. */
    abstract String line(V value, Instant recordTime);

    @Override
    public final Integer call() {
        Settings settings = common.settings();
        Instant now = Instant.ofEpochMilli(clock.millis());
        List<V> records = read(settings, now.toEpochMilli());
        if (dryRun) {
            records.forEach(each -> terminal.out().println(line(each, now)));
            terminal.out().println(number(records.size()) + " checked, none written (--dry-run)");
        } else {
            apply(records, settings, now);
        }
        terminal.out().flush();
        return ExitCodes.DONE;
    }

    private String number(int count) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private void apply(List<V> records, Settings settings, Instant now) {
        Connection connection = Connection.of(settings);
        ControlTopic<V> control =
                new ControlTopic<>(topic, connection.topics(), connection.serdes(), connection.clientConfig(Map.of()));
        connection.requireTopic(control.name());
        Map<String, V> current = control.current();
        List<V> changes = records.stream()
                .filter(record -> !isThere(record, current.get(key(record)), now.toEpochMilli()))
                .toList();
        changes.forEach(record -> requireRise(record, current.get(key(record)), control.name()));
        control.write(changes, this::key, now.toEpochMilli());
        changes.forEach(each -> terminal.out().println(line(each, now)));
        int same = records.size() - changes.size();
        terminal.out()
                .println(number(changes.size()) + " written to " + control.name()
                        + (same == 0 ? "" : ", " + same + (same == 1 ? " is" : " are") + " there already"));
    }

    /**
     * Whether nothing changes: a record for which the file gives no version is a new one only if it says something else. What a version
     * has counted ends with it, so that a file that is applied daily would count nothing for longer than a day.
     *
     * @param given version of a record for which the file gives none
     */
    private boolean isThere(V record, V before, long given) {
        if (before == null) {
            return false;
        }
        return record.equals(before) || (version(record) == given && saysTheSame(record, before));
    }

    /** Whether two records differ in their version alone. */
    boolean saysTheSame(V record, V before) {
        V same = SpecificData.get().deepCopy(record.getSchema(), record);
        same.put(record.getSchema().getField("version").pos(), version(before));
        return same.equals(before);
    }

    /**
     * Makes sure that a record's version rises, so that nothing is written that would change nothing, or be refused.
     *
     * @param before what is there; null for nothing
     * @throws CommandException if it does not
     */
    private void requireRise(V record, V before, String name) {
        if (before == null || version(record) > version(before)) {
            return;
        }
        String reason = version(record) == version(before)
                ? "version %d is in %s with other content"
                : "version %d is below that in %s, which is %d";
        throw CommandException.usage("%s %s: %s: give it a higher version; nothing was written"
                .formatted(thing, key(record), reason.formatted(version(record), name, version(before))));
    }
}
