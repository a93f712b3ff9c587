package io.weir.intake;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import io.weir.intake.admission.AdmissionSettings;
import io.weir.intake.admission.SourceFormat;
import io.weir.intake.admission.TimeBoundsMode;
import io.weir.intake.dedupe.DedupeMemory;
import io.weir.intake.quality.AlertRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of intake, read and checked against each other.
 *
 * @param sources raw topics; never empty
 * @param admission what a message must be to go on
 * @param memory for how long an event is known again
 * @param lateAfter how far behind its raw partition's clock an event counts as late
 * @param alerts when the share of refused messages is worth an alert
 * @param hopPartitions partitions of the topic that re-keys events by visitor; empty: as many as the raw topics have
 */
public record IntakeSettings(
        List<IntakeSource> sources,
        AdmissionSettings admission,
        DedupeMemory memory,
        Duration lateAfter,
        AlertRule alerts,
        Optional<Integer> hopPartitions) {

    private static final String SOURCES = "weir.intake.sources";

    /** Name of a raw topic. */
    public static final Setting<String> SOURCE_TOPIC = Setting.text(
            SOURCES + "[*].topic",
            null,
            "the full name of a topic, such as collector.web",
            "what a collector writes; the topic prefix is not put before it, since it is not Weir's");

    /** Format of a raw topic. */
    public static final Setting<SourceFormat> SOURCE_FORMAT = Setting.choice(
            SOURCES + "[*].format",
            SourceFormat.class,
            null,
            "how its messages are written; no default, since a wrong guess refuses every message");

    /** Keys of a raw topic. */
    public static final Setting<KeyedBy> SOURCE_KEYED_BY = Setting.choice(
            SOURCES + "[*].keyed-by",
            KeyedBy.class,
            "none",
            "visitor: its keys are the visitor ids, placed by Java's partitioner, which saves a hop through the broker;"
                    + " none: most collectors key by something else, or not at all");

    /** For how long an event is known again. */
    public static final Setting<Duration> DEDUPE_MEMORY = Setting.duration(
            "weir.intake.dedupe-memory",
            null,
            "1m",
            "365d",
            "a copy whose event time is at most this far from the first one's is a duplicate; without it max-age plus"
                    + " max-future, which is the least that covers every event that is let in; disk: about 40 bytes an"
                    + " event for two to three times as long");

    /** When an event counts as late. */
    public static final Setting<Duration> LATE_AFTER = Setting.duration(
            "weir.intake.late-after",
            "1h",
            "0s",
            "31d",
            "events further behind their raw partition's clock are counted as late in intake.quality, and go on all"
                    + " the same; 1 h tells phones that were offline from ordinary delay");

    /** Share of refused messages that starts an alert. */
    public static final Setting<Double> ALERT_PERCENT = Setting.number(
            "weir.intake.alert-percent",
            "5",
            0,
            100,
            "share of refused messages of one event above which an alert starts; 5 % is far above the usual, and well"
                    + " below what a broken release does");

    /** How many messages it takes to judge. */
    public static final Setting<Integer> ALERT_MINIMUM = Setting.integer(
            "weir.intake.alert-minimum",
            "100",
            1,
            1_000_000_000,
            "Fewer messages in the window are not judged: one bad one of ten is not a trend.");

    /** Over which window the share is taken. */
    public static final Setting<Duration> ALERT_WINDOW = Setting.duration(
            "weir.intake.alert-window",
            "5m",
            "1m",
            "60m",
            "in whole minutes; 5 min smooths a burst and still tells of a broken release within minutes");

    /** Partitions of the topic that re-keys events. */
    public static final Setting<Integer> HOP_PARTITIONS = Setting.integer(
            "weir.intake.hop-partitions",
            "0",
            0,
            10_000,
            "partitions of the internal topic that re-keys events by visitor; 0: as many as the raw topic that has most;"
                    + " it must be said, and equal their number of partitions, where sources keyed by visitor stand"
                    + " beside others; it cannot change without a reset");

    /** Every setting of intake, those of admission among them. */
    public static List<Setting<?>> all() {
        return Stream.concat(
                        Stream.of(
                                SOURCE_TOPIC,
                                SOURCE_FORMAT,
                                SOURCE_KEYED_BY,
                                DEDUPE_MEMORY,
                                LATE_AFTER,
                                ALERT_PERCENT,
                                ALERT_MINIMUM,
                                ALERT_WINDOW,
                                HOP_PARTITIONS),
                        AdmissionSettings.all().stream())
                .toList();
    }

    /**
     * Reads the settings.
     *
     * @throws SettingsException if one is wrong, or they contradict each other
     */
    public static IntakeSettings from(Settings settings) {
        AdmissionSettings admission = AdmissionSettings.from(settings);
        List<IntakeSource> sources = sources(settings);
        int partitions = settings.get(HOP_PARTITIONS);
        checkMixture(sources, partitions);
        return new IntakeSettings(
                sources,
                admission,
                memory(settings, admission),
                settings.get(LATE_AFTER),
                alerts(settings),
                partitions == 0 ? Optional.empty() : Optional.of(partitions));
    }

    /** Format of each source by the name of its topic. */
    public Map<String, SourceFormat> formats() {
        return sources.stream().collect(Collectors.toMap(IntakeSource::topic, IntakeSource::format));
    }

    /** Names of the raw topics whose keys are these, in the order of the settings. */
    public List<String> topics(KeyedBy keyedBy) {
        return sources.stream()
                .filter(source -> source.keyedBy() == keyedBy)
                .map(IntakeSource::topic)
                .toList();
    }

    private static List<IntakeSource> sources(Settings settings) {
        List<IntakeSource> sources = new ArrayList<>();
        for (int i : settings.indexes(SOURCES)) {
            IntakeSource source = new IntakeSource(
                    settings.get(SOURCE_TOPIC.at(i)),
                    settings.get(SOURCE_FORMAT.at(i)),
                    settings.get(SOURCE_KEYED_BY.at(i)));
            if (sources.stream().anyMatch(other -> other.topic().equals(source.topic()))) {
                throw new SettingsException(SOURCE_TOPIC.at(i).key() + ": expected a topic that no other source names,"
                        + " found \"" + source.topic() + "\" again");
            }
            sources.add(source);
        }
        if (sources.isEmpty()) {
            throw new SettingsException(SOURCES + ": expected at least one source, found none; set "
                    + SOURCE_TOPIC.at(0).key() + " and " + SOURCE_FORMAT.at(0).key());
        }
        return List.copyOf(sources);
    }

    private static void checkMixture(List<IntakeSource> sources, int partitions) {
        Set<KeyedBy> kinds = sources.stream().map(IntakeSource::keyedBy).collect(Collectors.toSet());
        if (kinds.size() > 1 && partitions == 0) {
            throw new SettingsException(
                    HOP_PARTITIONS.key() + ": expected the number of partitions of the sources keyed"
                            + " by visitor, since others stand beside them and a visitor's events must meet in one task, but"
                            + " it is not set");
        }
    }

    private static DedupeMemory memory(Settings settings, AdmissionSettings admission) {
        if (admission.timeBounds() == TimeBoundsMode.RECORDED) {
            return DedupeMemory.EVERYTHING;
        }
        Duration least = admission.maxAge().plus(admission.maxFuture());
        Duration memory = settings.find(DEDUPE_MEMORY).orElse(least);
        if (memory.compareTo(least) < 0) {
            throw new SettingsException(DEDUPE_MEMORY.key() + ": expected at least max-age plus max-future ("
                    + least.toMillis() + "ms), since a copy may arrive that much later, found " + memory.toMillis()
                    + "ms");
        }
        return new DedupeMemory(memory.toMillis());
    }

    private static AlertRule alerts(Settings settings) {
        Duration window = settings.get(ALERT_WINDOW);
        if (window.toMillis() % AlertRule.MINUTE != 0) {
            throw new SettingsException(
                    ALERT_WINDOW.key() + ": expected whole minutes, found " + window.toMillis() + "ms");
        }
        return new AlertRule(
                settings.get(ALERT_PERCENT), settings.get(ALERT_MINIMUM), Math.toIntExact(window.toMinutes()));
    }
}
