package io.weir.topology.runtime;

import io.weir.adspend.AdspendSettings;
import io.weir.adspend.AdspendTopology;
import io.weir.core.feature.Feature;
import io.weir.core.feature.FeatureContext;
import io.weir.core.settings.Setting;
import io.weir.core.settings.SettingsException;
import io.weir.experiments.ExperimentSettings;
import io.weir.experiments.ExperimentsTopology;
import io.weir.fraud.FraudSettings;
import io.weir.fraud.FraudTopology;
import io.weir.intake.IntakeSettings;
import io.weir.intake.IntakeTopology;
import io.weir.sessionizer.SessionSettings;
import io.weir.sessionizer.SessionizerTopology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one place that knows which features there are, in the order in which events flow through them. */
public final class Features {

    /**
     * How a feature is made.
     *
     * @param name of the feature
     * @param settings that are its own
     * @param make the feature, from what it is given; reads its settings and nothing else
     */
    public record Entry(String name, List<Setting<?>> settings, Function<FeatureContext, Feature> make) {}

    private static final List<Entry> ALL = List.of(
            new Entry("intake", IntakeSettings.all(), IntakeTopology::new),
            new Entry("sessionizer", SessionSettings.all(), SessionizerTopology::new),
            new Entry("fraud", FraudSettings.all(), FraudTopology::new),
            new Entry("experiments", ExperimentSettings.all(), ExperimentsTopology::new),
            new Entry("adspend", AdspendSettings.all(), AdspendTopology::new));

    private Features() {}

    /** Every feature. */
    public static List<Entry> all() {
        return ALL;
    }

    /** The feature of a name. */
    public static Optional<Entry> find(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /**
     * Some features, in the order of the flow.
     *
     * @param names none means all
     * @throws SettingsException if one of them is unknown
     */
    public static List<Entry> only(Collection<String> names) {
        for (String name : names) {
            if (find(name).isEmpty()) {
                throw new SettingsException("--only: expected some of "
                        + ALL.stream().map(Entry::name).collect(Collectors.joining(", ")) + ", found \"" + name + "\"");
            }
        }
        return ALL.stream()
                .filter(entry -> names.isEmpty() || names.contains(entry.name()))
                .toList();
    }

    /** Every setting there is: the runtime's, and those of each feature. For the check of what a user wrote, and the docs. */
    public static List<Setting<?>> settings() {
        List<Setting<?>> settings = new ArrayList<>(RuntimeSettings.all());
        for (Entry entry : ALL) {
            Stream.concat(entry.settings().stream(), FeatureSettings.all(entry.name()).stream())
                    .forEach(settings::add);
        }
        return List.copyOf(settings);
    }
}
