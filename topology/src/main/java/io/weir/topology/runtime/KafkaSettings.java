package io.weir.topology.runtime;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where the brokers are and how this process takes part in its groups.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param client settings of Kafka's clients, handed on as they are
 * @param topicPrefix put before the name of every topic; may be empty
 * @param applicationPrefix the beginning of every application id
 * @param instanceId of this process among those with the same application ids, if it has a name of its own
 * @param groupProtocol how tasks are assigned
 * @param sessionTimeout when a process that is not heard of loses its tasks
 * @param transactionTimeout when a broker ends a transaction that nobody commits
 * @param standbyReplicas copies of each store on other processes
 * @param replicationFactor of the internal topics; -1 is the broker's default
 * @param recordingLevel how much Kafka Streams measures
 * @param startTimeout how long a broker may take to answer when the process starts
 */
public record KafkaSettings(
        String bootstrapServers,
        Map<String, String> client,
        String topicPrefix,
        String applicationPrefix,
        Optional<String> instanceId,
        GroupProtocol groupProtocol,
        Duration sessionTimeout,
        Duration transactionTimeout,
        int standbyReplicas,
        int replicationFactor,
        RecordingLevel recordingLevel,
        Duration startTimeout) {

    /** How tasks are assigned to the members of a group. */
    public enum GroupProtocol {
        CLASSIC,
        STREAMS;

        /** The value of Kafka Streams' {@code group.protocol}. */
        String written() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How much Kafka Streams measures. */
    public enum RecordingLevel {
        INFO,
        DEBUG
    }

    public static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
            "weir.kafka.bootstrap-servers",
            "127.0.0.1:9092",
            "host:port of one or more brokers, separated by commas",
            "Where the brokers are. The default is a broker on the same machine, as a first try has it.");

    /** The passwords of SASL and TLS are among these, so none of them is ever shown. */
    public static final Setting<String> CLIENT = Setting.text(
                    "weir.kafka.client.*",
                    null,
                    "a setting of Kafka's clients",
                    "Handed to all Kafka clients as it is, such as security.protocol, sasl.jaas.config or ssl.truststore.location;"
                            + " with the prefixes consumer., producer. and admin., to those alone. What exactly-once depends on cannot be changed here.")
            .asSecret();

    public static final Setting<String> TOPIC_PREFIX = name(
            "weir.topic-prefix",
            "",
            "[A-Za-z0-9._-]{0,100}",
            "letters, digits, dots, hyphens and underscores, at most 100",
            "Put before the name of every topic that Weir owns, so that several deployments can share a cluster.");

    public static final Setting<String> APPLICATION_PREFIX = name(
            "weir.application-prefix",
            "weir",
            "[A-Za-z0-9._-]{1,100}",
            "letters, digits, dots, hyphens and underscores, 1 to 100",
            "Beginning of each feature's application id (weir-intake), and so of its groups and internal topics: another prefix is another deployment that starts from nothing.");

    public static final Setting<String> INSTANCE_ID = name(
            "weir.instance-id",
            null,
            "[A-Za-z0-9._-]{1,100}",
            "letters, digits, dots, hyphens and underscores, 1 to 100",
            "A name for this process that stays the same over restarts and is unique in the deployment (static membership): a restart within the session timeout then moves no task. Only with the classic protocol; none by default, since nothing on a machine is surely unique.");

    public static final Setting<GroupProtocol> GROUP_PROTOCOL = Setting.choice(
            "weir.kafka.group-protocol",
            GroupProtocol.class,
            "classic",
            "How tasks are assigned: streams (KIP-1071) assigns them on the broker and rebalances faster, but has no static membership and no warm-up of stores in Kafka 4.3.");

    public static final Setting<Duration> SESSION_TIMEOUT = Setting.duration(
            "weir.kafka.session-timeout",
            "10s",
            "6s",
            "5m",
            "When a process that is not heard of loses its tasks to others. A thread that is replaced after a fault does not leave its group either, so this is also how long its tasks rest; heartbeats are sent every 3s. With the streams protocol the broker decides.");

    public static final Setting<Duration> TRANSACTION_TIMEOUT = Setting.duration(
            "weir.kafka.transaction-timeout",
            "30s",
            "10s",
            "15m",
            "When a broker ends a transaction that nobody commits. A broker that is away for less costs nothing, while after longer the stores are restored; but what a process left open when it was killed holds up readers for as long, unless it comes back on the same state directory. Not above the broker's transaction.max.timeout.ms.");

    public static final Setting<Integer> STANDBY_REPLICAS = Setting.integer(
            "weir.kafka.standby-replicas",
            "0",
            0,
            5,
            "Copies of each store kept warm on other processes. 1 is right where there are two processes or more; with one they would never find a place.");

    public static final Setting<Integer> REPLICATION_FACTOR = Setting.integer(
            "weir.kafka.replication-factor",
            "-1",
            -1,
            10,
            "Copies of each internal topic on the brokers; -1 is the brokers' own default.replication.factor.");

    public static final Setting<RecordingLevel> RECORDING_LEVEL = Setting.choice(
            "weir.kafka.metrics-level",
            RecordingLevel.class,
            "info",
            "How much Kafka Streams measures: debug adds metrics per processor node and store, and costs several percent.");

    public static final Setting<Duration> START_TIMEOUT = Setting.duration(
            "weir.kafka.start-timeout",
            "10s",
            "1s",
            "5m",
            "How long a broker may take to answer when a process starts, before it gives up with one sentence.");

    private static final Pattern ONE_KIND_OF_CLIENT = Pattern.compile(
            "(main\\.consumer|restore\\.consumer|global\\.consumer|consumer|producer|admin|topic)\\..*");

    /** Every setting of this class. */
    public static List<Setting<?>> all() {
        return List.of(
                BOOTSTRAP_SERVERS,
                CLIENT,
                TOPIC_PREFIX,
                APPLICATION_PREFIX,
                INSTANCE_ID,
                GROUP_PROTOCOL,
                SESSION_TIMEOUT,
                TRANSACTION_TIMEOUT,
                STANDBY_REPLICAS,
                REPLICATION_FACTOR,
                RECORDING_LEVEL,
                START_TIMEOUT);
    }

    /**
     * Reads and cross-checks the settings.
     *
     * @throws SettingsException if one is wrong, or two do not go together
     */
    public static KafkaSettings of(Settings settings) {
        KafkaSettings kafka = new KafkaSettings(
                settings.get(BOOTSTRAP_SERVERS),
                settings.below("weir.kafka.client"),
                settings.get(TOPIC_PREFIX),
                settings.get(APPLICATION_PREFIX),
                settings.find(INSTANCE_ID),
                settings.get(GROUP_PROTOCOL),
                settings.get(SESSION_TIMEOUT),
                settings.get(TRANSACTION_TIMEOUT),
                settings.get(STANDBY_REPLICAS),
                settings.get(REPLICATION_FACTOR),
                settings.get(RECORDING_LEVEL),
                settings.get(START_TIMEOUT));
        if (kafka.replicationFactor == 0) {
            throw new SettingsException(
                    REPLICATION_FACTOR.key() + ": expected -1 or a whole number from 1 to 10, found \"0\"");
        }
        if (kafka.instanceId.isPresent() && kafka.groupProtocol == GroupProtocol.STREAMS) {
            throw new SettingsException(INSTANCE_ID.key()
                    + ": the streams group protocol has no static membership; leave this setting out, or set "
                    + GROUP_PROTOCOL.key() + "=classic");
        }
        return kafka;
    }

    /** Properties of an admin client, a producer or a consumer of ours that is not part of a feature. */
    public Map<String, Object> clientProperties() {
        Map<String, Object> properties = new TreeMap<>();
        client.forEach((key, value) -> {
            if (!ONE_KIND_OF_CLIENT.matcher(key).matches()) {
                properties.put(key, value);
            }
        });
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return properties;
    }

    private static Setting<String> name(String key, String fallback, String pattern, String expected, String reason) {
        Pattern allowed = Pattern.compile(pattern);
        return new Setting<>(key, fallback, expected, reason, false, text -> {
            if (!allowed.matcher(text).matches()) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }
}
