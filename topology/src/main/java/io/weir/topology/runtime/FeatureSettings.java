package io.weir.topology.runtime;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How one feature is run.
 *
 * @param commitInterval how often its results become visible
 * @param threads that work on its tasks in this process
 */
public record FeatureSettings(Duration commitInterval, int threads) {

    /** Features that others wait for. */
    private static final Set<String> PROMPT = Set.of("intake", "adspend");

    /** Reads the settings of a feature. */
    static FeatureSettings of(String feature, Settings settings) {
        return new FeatureSettings(settings.get(commitInterval(feature)), settings.get(threads(feature)));
    }

    /** The setting of a feature's commit interval, such as {@code weir.intake.commit-interval}. */
    public static Setting<Duration> commitInterval(String feature) {
        return Setting.duration(
                "weir." + feature + ".commit-interval",
                PROMPT.contains(feature) ? "50ms" : "100ms",
                "10ms",
                "9s",
                "How often the results of this feature become visible to those who read committed records; it adds to the time from raw record to result. Uncached stores make frequent commits cheap; intake commits more often, since everything else waits for it, and adspend, since a cap that is known late is money.");
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
