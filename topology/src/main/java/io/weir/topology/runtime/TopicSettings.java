package io.weir.topology.runtime;

import io.weir.core.settings.Durations;
import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import io.weir.core.topic.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How the topics that Weir owns are created.
 *
 * @param partitions of each topic
 * @param replicationFactor of each topic; -1 is the broker's default
 * @param retention by name of topic, without the deployment's prefix, where it is not the catalogue's
 */
public record TopicSettings(int partitions, int replicationFactor, Map<String, Duration> retention) {

    /** Bytes. Eight times the largest raw message that intake reads, since escapes and headers add to it. */
    static final int LARGEST_RECORD = 8 * 1024 * 1024;

    private static final String FOREVER = "forever";
    private static final String RETENTION_PREFIX = "weir.topics.retention";
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    public static final Setting<Integer> PARTITIONS = Setting.integer(
            "weir.topics.partitions",
            "4",
            1,
            1_000,
            "Partitions of each topic: the bound of the threads of all processes together. All topics have the same number, so that a visitor is in the same partition of each. It cannot be changed later without moving keys, so leave room.");

    public static final Setting<Integer> REPLICATION_FACTOR = Setting.integer(
            "weir.topics.replication-factor",
            "-1",
            -1,
            10,
            "Copies of each topic on the brokers; -1 is the brokers' own default.replication.factor.");

    public static final Setting<Duration> RETENTION = new Setting<>(
            RETENTION_PREFIX + ".*",
            null,
            "a duration such as 30d, from 1m to 36500d, or forever",
            "How long the broker keeps the records of a topic, such as weir.topics.retention.events.page-views=30d (the name without prefix); compacted topics keep the last record of each key. What topics keep by default is listed with the topics.",
            false,
            TopicSettings::retentionOf);

    /** Every setting of this class. */
    public static List<Setting<?>> all() {
        return List.of(PARTITIONS, REPLICATION_FACTOR, RETENTION);
    }

    /**
     * Reads and cross-checks the settings.
     *
     * @throws SettingsException if one is wrong, or names a topic that there is not or that is compacted
     */
    public static TopicSettings of(Settings settings) {
        Map<String, Duration> retention = new LinkedHashMap<>();
        settings.below(RETENTION_PREFIX).forEach((name, text) -> {
            String key = RETENTION_PREFIX + "." + name;
            boolean known = Deployment.topics(settings).owned().stream()
                    .anyMatch(topic -> topic.name().equals(name) && topic.cleanup() == Topic.Cleanup.DELETE);
            if (!known) {
                throw new SettingsException(key + ": Weir has no topic " + name + " with a retention");
            }
            retention.put(name, parse(key, text));
        });
        int replicas = settings.get(REPLICATION_FACTOR);
        if (replicas == 0) {
            throw new SettingsException(
                    REPLICATION_FACTOR.key() + ": expected -1 or a whole number from 1 to 10, found \"0\"");
        }
        return new TopicSettings(settings.get(PARTITIONS), replicas, Map.copyOf(retention));
    }

    /** Settings that the broker is given for a topic, over its own defaults. */
    public Map<String, String> configs(Topic<?> topic) {
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, topic.cleanup().policy());
        if (topic.cleanup() == Topic.Cleanup.DELETE) {
            Duration kept = retention.getOrDefault(topic.name(), topic.retention());
            configs.put(TopicConfig.RETENTION_MS_CONFIG, kept.equals(LONGEST) ? "-1" : Long.toString(kept.toMillis()));
        }
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_RECORD));
        // Intake bounds event times itself; the broker would refuse what is more than an hour ahead of its clock.
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
        return configs;
    }

    private static Duration parse(String key, String text) {
        try {
            return RETENTION.parser().apply(text.strip());
        } catch (IllegalArgumentException e) {
            throw new SettingsException(key + ": expected " + RETENTION.expected() + ", found \"" + text + "\"");
        }
    }

    private static Duration retentionOf(String text) {
        if (text.equals(FOREVER)) {
            return LONGEST;
        }
        Duration kept = Durations.parse(text);
        if (kept.compareTo(SHORTEST) < 0 || kept.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(text);
        }
        return kept;
    }
}
