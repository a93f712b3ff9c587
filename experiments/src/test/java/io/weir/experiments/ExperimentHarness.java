package io.weir.experiments;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.feature.FeatureContext;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.Settings;
import io.weir.core.time.StreamClock.Phase;
import io.weir.core.topic.Topics;
import io.weir.experiments.book.UnitReads;
import io.weir.experiments.book.UnitStores;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.hop.ExperimentInput;
import io.weir.experiments.hop.UnitInput;
import io.weir.experiments.hop.UnitInput.Defined;
import io.weir.experiments.hop.UnitInputCodec;
import io.weir.experiments.result.ResultBook;
import io.weir.experiments.total.Totals;
import io.weir.experiments.unit.Why;
import io.weir.schemas.ExperimentAlert;
import io.weir.schemas.ExperimentResults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The writers of units and results, two tasks of each unit, wired as the topology does; their stores outlive them. */
final class ExperimentHarness {

    private static final int TASKS = 2;

    final HandClock clock = new HandClock();
    final List<ExperimentResults> results = new ArrayList<>();
    final List<ExperimentAlert> alerts = new ArrayList<>();
    /** Whether there is no backlog. */
    boolean caughtUp = true;

    private final FeatureContext feature;
    private final ExperimentSettings settings;
    private final List<Task<UnitInput, byte[]>> visitors = new ArrayList<>();
    private final List<Task<UnitInput, byte[]>> customers = new ArrayList<>();
    private final Task<byte[], Object> experiments;
    private final Map<String, Totals> parts = new HashMap<>();

    ExperimentHarness(Phase phase, Map<String, String> said) {
        clock.enter(phase);
        feature = new FeatureContext(
                Settings.of(said),
                new Topics(""),
                new AvroSerdes(new SchemaRegistry("mock://experiments", Map.of(), true)),
                clock,
                (topics, partition) -> caughtUp,
                new SimpleMeterRegistry());
        settings = ExperimentSettings.of(feature.settings());
        for (int i = 0; i < TASKS; i++) {
            visitors.add(new Task<>(i, UnitStores.VISITORS.builders()));
            customers.add(new Task<>(i, UnitStores.CUSTOMERS.builders()));
        }
        experiments = new Task<>(0, ResultBook.builders());
        restart();
    }

    /** One task: its stores, and the processor of the moment. */
    private static final class Task<V, R> {
        private final int partition;
        private final List<KeyValueStore<Bytes, byte[]>> stores = new ArrayList<>();
        private MockProcessorContext<String, R> context;
        private Processor<String, V, String, R> processor;

        Task(int partition, Set<StoreBuilder<?>> builders) {
            this.partition = partition;
            for (StoreBuilder<?> builder : builders) {
                stores.add(Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(builder.name()), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingDisabled()
                        .withLoggingDisabled()
                        .build());
            }
        }

        void start(Processor<String, V, String, R> fresh) {
            if (processor != null) {
                processor.close();
            }
            Properties properties = new Properties();
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "harness");
            context = new MockProcessorContext<>(properties, new TaskId(0, partition), null);
            for (KeyValueStore<Bytes, byte[]> store : stores) {
                if (!store.isOpen()) {
                    store.init(context.getStateStoreContext(), store);
                }
                context.addStateStore(store);
            }
            processor = fresh;
            processor.init(context);
        }

        void tick() {
            context.scheduledPunctuators().get(0).getPunctuator().punctuate(0);
        }

        List<CapturedForward<? extends String, ? extends R>> taken() {
            List<CapturedForward<? extends String, ? extends R>> all = List.copyOf(context.forwarded());
            context.resetForwards();
            return all;
        }

        KeyValueStore<Bytes, byte[]> store(String name) {
            return stores.stream()
                    .filter(store -> store.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** New processors over the same stores. */
    void restart() {
        visitors.forEach(
                task -> task.start(new UnitProcessor(settings, feature, UnitStores.VISITORS, Set.of("events"))));
        customers.forEach(
                task -> task.start(new UnitProcessor(settings, feature, UnitStores.CUSTOMERS, Set.of("events"))));
        experiments.start(new ResultProcessor(feature));
    }

    /** The task of results moves, and those of units stay where they are. */
    void restartResults() {
        experiments.start(new ResultProcessor(feature));
    }

    void define(Definition definition, long since) {
        for (Task<UnitInput, byte[]> task : visitors) {
            task.processor.process(new Record<>(definition.id(), new Defined(definition, since, 0), since));
        }
        byte[] bytes = ExperimentInput.defined(definition, since, new io.weir.core.bytes.ByteWriter());
        experiments.processor.process(new Record<>(definition.id(), bytes, since));
        pass();
    }

    void take(String visitor, UnitInput input) {
        task(visitors, visitor).processor.process(new Record<>(visitor, input, 0));
        pass();
    }

    private static <T> T task(List<T> tasks, String key) {
        return tasks.get(Math.floorMod(key.hashCode(), TASKS));
    }

    /** Lets the clocks of all tasks go on. */
    void tick() {
        tickUnits();
        experiments.tick();
        pass();
    }

    /** So many ticks, a quarter of a second from one to the next. */
    void ticks(int count) {
        for (int i = 0; i < count; i++) {
            clock.pass(250);
            tick();
        }
    }

    /** The tasks of units send what they have added up, and nothing is given out yet. */
    void tickUnits() {
        visitors.forEach(Task::tick);
        pass();
        customers.forEach(Task::tick);
        pass();
    }

    private void pass() {
        for (Task<UnitInput, byte[]> task : visitors) {
            task.taken().forEach(forward -> route(forward.childName().orElseThrow(), forward.record()));
        }
        for (Task<UnitInput, byte[]> task : customers) {
            task.taken().forEach(forward -> route(forward.childName().orElseThrow(), forward.record()));
        }
        for (CapturedForward<? extends String, ?> forward : experiments.taken()) {
            if (forward.record().value() instanceof ExperimentResults result) {
                results.add(result);
            } else {
                alerts.add((ExperimentAlert) forward.record().value());
            }
        }
    }

    private void route(String node, Record<? extends String, ? extends byte[]> record) {
        Record<String, byte[]> plain = new Record<>(record.key(), record.value(), record.timestamp());
        if (!node.equals(UnitProcessor.TO_CUSTOMERS)) {
            if (ExperimentInput.decode(plain.value()) instanceof ExperimentInput.Added added) {
                parts.put(plain.key() + " " + added.source(), added.totals());
            }
            experiments.processor.process(plain);
            return;
        }
        UnitInput input = UnitInputCodec.decode(plain.value());
        int named = UnitInputCodec.partition(plain.value()).orElse(-1);
        Task<UnitInput, byte[]> task = named < 0 ? task(customers, plain.key()) : customers.get(named);
        task.processor.process(plain.withValue(input));
    }

    /** What all tasks have added up of an experiment. */
    Totals totals(String experiment) {
        Totals all = new Totals();
        parts.forEach((key, totals) -> {
            if (key.startsWith(experiment + " ")) {
                all.add(totals);
            }
        });
        return all;
    }

    /** Entries that are in the stores of all tasks, by the name of the store; stores that are empty are left out. */
    Map<String, Long> sizes() {
        Map<String, Long> sizes = new TreeMap<>();
        Stream.concat(Stream.concat(visitors.stream(), customers.stream()), Stream.of(experiments))
                .flatMap(task -> task.stores.stream())
                .filter(store -> store.approximateNumEntries() > 0)
                .forEach(store -> sizes.merge(store.name(), store.approximateNumEntries(), Long::sum));
        return sizes;
    }

    /** Why a visitor counts as it does. */
    Why why(String visitor, String experiment) {
        Task<UnitInput, byte[]> task = task(visitors, visitor);
        UnitStores names = UnitStores.VISITORS;
        return new UnitReads(names, task.store(names.units()), task.store(names.experiments()))
                .why(visitor, experiment, Map.of())
                .orElseThrow();
    }

    /** Bytes of the values in the visitors' stores of that name. */
    long bytes(String name) {
        long bytes = 0;
        for (Task<UnitInput, byte[]> task : visitors) {
            for (KeyValueStore<Bytes, byte[]> store : task.stores) {
                try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
                    while (store.name().equals(name) && all.hasNext()) {
                        bytes += all.next().value.length;
                    }
                }
            }
        }
        return bytes;
    }

    /** Ends recorded input. */
    void end() {
        clock.enter(Phase.ENDED);
        for (int i = 0; i < 20; i++) {
            tick();
        }
    }

    /** The last results of an experiment. */
    ExperimentResults last(String experiment) {
        return results.stream()
                .filter(result -> result.getExperimentId().equals(experiment))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
