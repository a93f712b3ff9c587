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

    @Option(names = "--dry-run", description = "Only check the file, and show what would take effect.")
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

    /** A record for the terminal. */
    abstract String line(V value, Instant recordTime);

    @Override
    public final Integer call() {
        Settings settings = common.settings();
        Instant now = Instant.ofEpochMilli(clock.millis());
        List<V> records = read(settings, now.toEpochMilli());
        String outcome = dryRun ? "checked, none written (--dry-run)" : "written to " + write(records, settings, now);
        records.forEach(each -> terminal.out().println(line(each, now)));
        terminal.out().println(records.size() + " " + thing + (records.size() == 1 ? " " : "s ") + outcome);
        terminal.out().flush();
        return ExitCodes.DONE;
    }

    /** Returns the name of the topic. */
    private String write(List<V> records, Settings settings, Instant now) {
        Connection connection = Connection.of(settings);
        ControlTopic<V> control =
                new ControlTopic<>(topic, connection.topics(), connection.serdes(), connection.clientConfig(Map.of()));
        connection.requireTopic(control.name());
        control.write(records, this::key, now.toEpochMilli());
        return control.name();
    }
}
