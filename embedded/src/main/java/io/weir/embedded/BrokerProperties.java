package io.weir.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of the one node, each with its reason. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String CLIENT_LISTENER = "PLAINTEXT";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private final Map<String, String> properties = new HashMap<>();

    private BrokerProperties() {}

    static Map<String, String> of(Path logDirectory, int clientPort, int controllerPort, int defaultPartitions) {
        BrokerProperties built = new BrokerProperties();
        built.node(logDirectory, clientPort, controllerPort);
        built.topics(defaultPartitions);
        built.internalTopics();
        built.recordedTime();
        built.groups();
        built.footprint();
        return Map.copyOf(built.properties);
    }

    private void node(Path logDirectory, int clientPort, int controllerPort) {
        String client = CLIENT_LISTENER + "://" + ListeningSockets.HOST + ":" + clientPort;
        String controller = CONTROLLER_LISTENER + "://" + ListeningSockets.HOST + ":" + controllerPort;
        set("process.roles", "broker,controller");
        set("node.id", NODE_ID);
        set("listeners", client + "," + controller);
        set("advertised.listeners", client);
        set("listener.security.protocol.map", CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        set("inter.broker.listener.name", CLIENT_LISTENER);
        set("controller.listener.names", CONTROLLER_LISTENER);
        // Static voters: the port of the controller may be another one after a restart.
        set("controller.quorum.voters", NODE_ID + "@" + ListeningSockets.HOST + ":" + controllerPort);
        set("log.dirs", logDirectory);
        set("metadata.log.dir", logDirectory);
        // A broker that was killed may not register again before its session is over: after 6 s instead of 9 s.
        set("broker.session.timeout.ms", 6_000);
        set("broker.heartbeat.interval.ms", 1_000);
    }

    private void topics(int defaultPartitions) {
        // A misspelt topic is an error, not a new topic.
        set("auto.create.topics.enable", false);
        set("num.partitions", defaultPartitions);
        set("default.replication.factor", 1);
        set("min.insync.replicas", 1);
        // 8 MiB: an event of 1 MiB, wrapped in a dead letter or batched, still fits.
        set("message.max.bytes", 8 * 1024 * 1024);
        set("replica.fetch.max.bytes", 8 * 1024 * 1024);
    }

    private void internalTopics() {
        // One node keeps one copy; 4 partitions instead of 50, each of which is a log to open at start.
        set("offsets.topic.replication.factor", 1);
        set("offsets.topic.num.partitions", 4);
        set("transaction.state.log.replication.factor", 1);
        set("transaction.state.log.min.isr", 1);
        set("transaction.state.log.num.partitions", 4);
        set("share.coordinator.state.topic.replication.factor", 1);
        set("share.coordinator.state.topic.min.isr", 1);
        set("share.coordinator.state.topic.num.partitions", 1);
        // 1 s instead of 10 s: what a killed producer left open blocks readers of committed records that much less.
        set("transaction.abort.timed.out.transaction.cleanup.interval.ms", 1_000);
    }

    /** Records carry the time of their event, from 1971 to 2100, and are kept whatever it is. */
    private void recordedTime() {
        set("log.retention.ms", -1);
        set("log.message.timestamp.before.max.ms", Long.MAX_VALUE);
        set("log.message.timestamp.after.max.ms", Long.MAX_VALUE);
        // Segments roll by the records' time: events of many years in no order would make a file of nearly each one.
        set("log.roll.ms", Long.MAX_VALUE);
    }

    /** All three protocols of groups (classic, consumer, streams) are on by default. */
    private void groups() {
        // One service joins, not a fleet: nobody else is worth 3 s of waiting.
        set("group.initial.rebalance.delay.ms", 0);
        set("group.streams.initial.rebalance.delay.ms", 0);
        // Clients may ask for 1 s instead of 6 s, so that a killed one is replaced soon.
        set("group.min.session.timeout.ms", 1_000);
        // The newer protocols take both from the broker: 10 s and 1 s instead of 45 s and 5 s, for the same reason.
        for (String protocol : new String[] {"consumer", "streams"}) {
            set("group." + protocol + ".min.session.timeout.ms", 1_000);
            set("group." + protocol + ".session.timeout.ms", 10_000);
            set("group." + protocol + ".min.heartbeat.interval.ms", 500);
            set("group." + protocol + ".heartbeat.interval.ms", 1_000);
        }
    }

    /** Threads and memory for one machine with few cores, shared with the service itself. */
    private void footprint() {
        set("num.network.threads", 2);
        set("num.io.threads", 4);
        set("background.threads", 2);
        set("num.recovery.threads.per.data.dir", 1);
        set("group.coordinator.threads", 1);
        set("group.coordinator.background.threads", 1);
        // 16 MiB instead of 128 MiB of keys: 700 000 in one pass of compaction.
        set("log.cleaner.dedupe.buffer.size", 16 * 1024 * 1024);
        // 256 MiB of log need 65 536 index entries of 8 bytes, one each 4 KiB, and as many of 12 bytes by time.
        set("log.segment.bytes", 256 * 1024 * 1024);
        set("log.index.size.max.bytes", 1024 * 1024);
        // Two brokers of one JVM would register the same names.
        set("metric.reporters", "");
    }

    private void set(String name, Object value) {
        properties.put(name, value.toString());
    }
}
