package io.weir.topology.runtime;

import io.weir.core.feature.Feature;
import io.weir.core.state.StoreNote;
import io.weir.core.time.InputProgress;
import io.weir.core.topic.Topic;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/** Counts how often it has seen a key, from topic {@code <name>-in} to {@code <name>-out}. */
final class TestFeature implements Feature {

    private final String name;
    private final Set<String> sources;
    private final Consumer<String> step;
    private final InputProgress progress;

    private TestFeature(String name, Consumer<String> step, InputProgress progress) {
        this.name = name;
        this.sources = Set.of(name + "-in");
        this.step = step;
        this.progress = progress;
    }

    /** One that is not run, and reads these topics. */
    TestFeature(String name, Set<String> sources) {
        this.name = name;
        this.sources = sources;
        this.step = value -> {};
        this.progress = InputProgress.COMPLETE;
    }

    static Features.Entry entry(String name) {
        return entry(name, value -> {});
    }

    /** @param step does, with each value, what is to be tried */
    static Features.Entry entry(String name, Consumer<String> step) {
        return new Features.Entry(name, List.of(), context -> new TestFeature(name, step, context.progress()));
    }

    InputProgress progress() {
        return progress;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void addTo(StreamsBuilder builder) {
        builder.stream(
                        name + "-in",
                        Consumed.with(Serdes.String(), Serdes.String()).withName("in"))
                .peek((key, value) -> step.accept(value), Named.as("step"))
                .groupByKey(Grouped.as("by-key"))
                .count(
                        Named.as("count"),
                        Materialized.<String, Long>as(Stores.persistentKeyValueStore("seen"))
                                .withKeySerde(Serdes.String())
                                .withValueSerde(Serdes.Long())
                                .withCachingDisabled())
                .toStream(Named.as("seen-changes"))
                .mapValues(count -> Long.toString(count), Named.as("as-text"))
                .to(
                        name + "-out",
                        Produced.with(Serdes.String(), Serdes.String()).withName("out"));
    }

    @Override
    public Set<String> sources() {
        return sources;
    }

    @Override
    public Set<Topic<?>> sinks() {
        return Set.of();
    }

    @Override
    public List<StoreNote> stores() {
        return List.of();
    }
}
