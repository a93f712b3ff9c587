package io.weir.topology.runtime;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import io.weir.topology.http.HttpSettings;
import io.weir.topology.http.QuerySettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * All settings of the runtime; what concerns one feature alone is with that feature.
 *
 * @param kafka brokers and groups
 * @param registry schemas
 * @param state stores and their memory
 * @param topics how topics are created
 * @param http where it answers
 * @param queries who may query
 * @param shutdownTimeout how long a stop may take
 */
public record RuntimeSettings(
        KafkaSettings kafka,
        RegistrySettings registry,
        StateSettings state,
        TopicSettings topics,
        HttpSettings http,
        QuerySettings queries,
        Duration shutdownTimeout) {

    public static final Setting<Duration> SHUTDOWN_TIMEOUT = Setting.duration(
            "weir.shutdown-timeout",
            "25s",
            "1s",
            "10m",
            "How long a stop may take before what is left is abandoned (nothing is lost, but stores are restored at the next start). Under the 30s after which Kubernetes kills.");

    /** Every setting of the runtime but those of each feature, which {@link Features#settings()} adds. */
    public static List<Setting<?>> all() {
        return Stream.of(
                        KafkaSettings.all(),
                        RegistrySettings.all(),
                        StateSettings.all(),
                        TopicSettings.all(),
                        HttpSettings.all(),
                        QuerySettings.all(),
                        List.<Setting<?>>of(SHUTDOWN_TIMEOUT))
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    /**
     * Reads and cross-checks the settings.
     *
     * @throws SettingsException if one is wrong, or two do not go together
     */
    public static RuntimeSettings of(Settings settings) {
        return new RuntimeSettings(
                KafkaSettings.of(settings),
                RegistrySettings.of(settings),
                StateSettings.of(settings),
                TopicSettings.of(settings),
                HttpSettings.of(settings),
                QuerySettings.of(settings),
                settings.get(SHUTDOWN_TIMEOUT));
    }
}
