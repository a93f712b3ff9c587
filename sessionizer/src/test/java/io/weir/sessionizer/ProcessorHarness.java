package io.weir.sessionizer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.feature.FeatureContext;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.Settings;
import io.weir.core.topic.Topics;
import io.weir.schemas.Event;
import io.weir.schemas.Session;
import io.weir.sessionizer.identity.IdentityStore;
import io.weir.sessionizer.journey.JourneyStore;
import io.weir.sessionizer.page.PageStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The processor alone, over stores in memory that outlive it. */
final class ProcessorHarness {

    final HandClock clock = new HandClock();
    boolean caughtUp = true;

    private final FeatureContext feature;
    private final SessionSettings settings;
    private final OpenSessions open;
    private final List<StateStore> stores = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final List<Event> late = new ArrayList<>();
    private MockProcessorContext<String, Object> context;
    private SessionProcessor processor;

    ProcessorHarness(Map<String, String> said) {
        feature = new FeatureContext(
                Settings.of(said),
                new Topics(""),
                new AvroSerdes(new SchemaRegistry("mock://harness", Map.of(), true)),
                clock,
                (topics, partition) -> caughtUp,
                new SimpleMeterRegistry());
        settings = SessionSettings.of(feature.settings());
        open = new OpenSessions(feature.meters());
        for (String name : List.of(
                "sessions", "sessions-recent", "session-timers", "session-clock", IdentityStore.NAME, PageStore.NAME)) {
            StoreBuilder<?> builder =
                    Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
            stores.add(builder.withCachingDisabled().withLoggingDisabled().build());
        }
        stores.add(Stores.windowStoreBuilder(
                        Stores.inMemoryWindowStore(
                                JourneyStore.NAME, Duration.ofDays(400), Duration.ofMillis(1), false),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingDisabled()
                .build());
        start();
    }

    private void start() {
        context = new MockProcessorContext<>();
        for (StateStore store : stores) {
            if (!store.isOpen()) {
                store.init(context.getStateStoreContext(), store);
            }
            context.addStateStore(store);
        }
        processor = new SessionProcessor(settings, feature, Set.of("events"), open);
        processor.init(context);
    }

    /** A new processor over the same stores. */
    void restart() {
        collect();
        processor.close();
        start();
    }

    void add(Event event) {
        processor.process(
                new Record<>(event.getVisitorId(), event, event.getOccurredAt().toEpochMilli()));
        collect();
    }

    void tick() {
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(0);
        collect();
    }

    /** Visitors with an open session, as the metrics have it. */
    double open() {
        return feature.meters().get("weir.sessions.open").gauge().value();
    }

    /** Session records since the last call. */
    List<Session> sessions() {
        List<Session> given = List.copyOf(sessions);
        sessions.clear();
        return given;
    }

    /** Late events since the last call. */
    List<Event> late() {
        List<Event> given = List.copyOf(late);
        late.clear();
        return given;
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
        for (MockProcessorContext.CapturedForward<? extends String, ?> forward : context.forwarded()) {
            Object value = forward.record().value();
            if (value instanceof Session session) {
                sessions.add(session);
            } else if (value instanceof Event event) {
                late.add(event);
            }
        }
        context.resetForwards();
    }
}
