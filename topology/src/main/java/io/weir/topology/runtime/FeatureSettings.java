package io.weir.topology.runtime;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How one feature is run.
 *
 * @param commitInterval how often its results become visible
 * @param threads that work on its tasks in this process
 */
public record FeatureSettings(Duration commitInterval, int threads) {

    /**
     * Commits of features for which somebody waits: all others for intake, money for adspend. The others' results have
     * passed two or three commits by a second: with five features at 4 500 events/s on two cores, commits of these every
     * 100 ms instead took the 99th percentile of caps from 0.8 s to 3 s. Intake writes the most partitions, and adspend has two
     * hops: at 5 000 events/s 75 and 30 ms made it 0.55 s where 50 and 50 ms had left it above 1 s (docs/performance.md).
     */
    private static final Map<String, String> PROMPT =
            Map.of("intake", "75ms", "adspend", "30ms", "experiments", "300ms");

    /** Reads the settings of a feature. */
    static FeatureSettings of(String feature, Settings settings) {
        return new FeatureSettings(settings.get(commitInterval(feature)), settings.get(threads(feature)));
    }

    /** The setting of a feature's commit interval, such as {@code weir.intake.commit-interval}. */
    public static Setting<Duration> commitInterval(String feature) {
        return Setting.duration(
                "weir." + feature + ".commit-interval",
                PROMPT.getOrDefault(feature, "500ms"),
                "10ms",
                "9s",
                "How often the results of this feature become visible to those who read committed records; it adds to the time"
                        + " from raw record to result. A commit costs the broker a batch and a marker for each partition"
                        + " of each topic and store that was written. Intake commits more often, since everything else"
                        + " waits for it, and adspend most often, since a cap that is known late is money.");
    }

    /** The setting of a feature's threads, such as {@code weir.intake.threads}. */
    public static Setting<Integer> threads(String feature) {
        return Setting.integer(
                "weir." + feature + ".threads",
                "2",
                1,
                128,
                "Threads that work on this feature's tasks in this process; more than there are partitions are idle.");
    }

    /** Both settings of a feature. */
    static List<Setting<?>> all(String feature) {
        return List.of(commitInterval(feature), threads(feature));
    }
}
