package io.weir.adspend;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.adspend.hop.InputCodec;
import io.weir.adspend.hop.MerchantInput;
import io.weir.adspend.merchant.IssuedReads;
import io.weir.core.feature.FeatureContext;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.Settings;
import io.weir.core.time.StreamClock.Phase;
import io.weir.core.topic.Topics;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** The one writer of merchants alone, over stores in memory that outlive it. */
final class MerchantHarness {

    static final String MERCHANT = "m|1";

    final HandClock clock = new HandClock();
    boolean caughtUp = true;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FeatureContext feature;
    private AdspendSettings settings;
    private final List<StateStore> stores = new ArrayList<>();
    private final List<Record<? extends String, ?>> given = new ArrayList<>();
    private final InputCodec codec = new InputCodec();
    private MockProcessorContext<String, Object> context;
    private MerchantProcessor processor;

    MerchantHarness(Phase phase, Map<String, String> said) {
        clock.enter(phase);
        feature = new FeatureContext(
                Settings.of(said),
                new Topics(""),
                new AvroSerdes(new SchemaRegistry("mock://harness", Map.of(), true)),
                clock,
                (topics, partition) -> caughtUp,
                meters);
        settings = AdspendSettings.of(feature.settings());
        for (String name : List.of("adspend-merchants", "adspend-days", "adspend-minutes", "adspend-timers")) {
            stores.add(
                    Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                            .withCachingDisabled()
                            .withLoggingDisabled()
                            .build());
        }
        for (String name : List.of("adspend-interactions", IssuedReads.STATEMENTS, IssuedReads.LEDGER)) {
            stores.add(Stores.windowStoreBuilder(
                            Stores.inMemoryWindowStore(name, Duration.ofDays(400), Duration.ofDays(1), false),
                            Serdes.Bytes(),
                            Serdes.ByteArray())
                    .withCachingDisabled()
                    .withLoggingDisabled()
                    .build());
        }
        start();
    }

    private void start() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "harness");
        context = new MockProcessorContext<>(properties, new TaskId(0, 0), null);
        for (StateStore store : stores) {
            if (!store.isOpen()) {
                store.init(context.getStateStoreContext(), store);
            }
            context.addStateStore(store);
        }
        processor = new MerchantProcessor(settings, feature, Set.of("events"));
        processor.init(context);
    }

    /** A store of keys and values, as queries read it. */
    @SuppressWarnings("unchecked")
    ReadOnlyKeyValueStore<Bytes, byte[]> store(String name) {
        return (KeyValueStore<Bytes, byte[]>) find(name);
    }

    @SuppressWarnings("unchecked")
    private ReadOnlyWindowStore<Bytes, byte[]> windows(String name) {
        return (WindowStore<Bytes, byte[]>) find(name);
    }

    private StateStore find(String name) {
        return stores.stream()
                .filter(store -> store.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Statements as queries find them. */
    List<Statement> statements(LocalDate from, LocalDate to, int most) {
        return IssuedReads.statements(
                windows(IssuedReads.STATEMENTS), feature.kept(Topics.STATEMENTS), MERCHANT, from, to, most);
    }

    /** Entries of a day as queries find them. */
    IssuedReads.Page ledger(LocalDate day, long after, Predicate<LedgerEntry> wanted, int most) {
        return IssuedReads.ledger(
                windows(IssuedReads.LEDGER), feature.kept(Topics.LEDGER), MERCHANT, day, after, wanted, most);
    }

    /** How much a store of keys and values has. */
    long bytes(String name) {
        long bytes = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store(name).all()) {
            while (all.hasNext()) {
                bytes += all.next().value.length;
            }
        }
        return bytes;
    }

    /** A new processor over the same stores. */
    void restart() {
        processor.close();
        start();
    }

    /** A new processor with other settings over the same stores. */
    void restartWith(Map<String, String> said) {
        settings = AdspendSettings.of(Settings.of(said));
        restart();
    }

    void take(MerchantInput input) {
        processor.process(new Record<>(MERCHANT, codec.encode(input), 0));
        collect();
    }

    /** Lets the clock do all that is due. */
    void tick() {
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(0);
        collect();
    }

    void endInput() {
        clock.enter(Phase.ENDED);
        while (!clock.isSettled()) {
            tick();
        }
    }

    /** Records of a class since the last call for it, in their order. */
    <T> List<T> given(Class<T> type) {
        List<T> found = given.stream()
                .map(Record::value)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        given.removeIf(record -> type.isInstance(record.value()));
        return found;
    }

    /** Entries of a store. */
    long entries(String store) {
        KeyValueStore<?, ?> found = context.getStateStore(store);
        long entries = 0;
        try (KeyValueIterator<?, ?> all = found.all()) {
            while (all.hasNext()) {
                all.next();
                entries++;
            }
        }
        return entries;
    }

    private void collect() {
        context.forwarded().forEach(forward -> given.add(forward.record()));
        context.resetForwards();
    }
}
