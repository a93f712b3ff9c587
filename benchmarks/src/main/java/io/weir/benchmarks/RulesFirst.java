package io.weir.benchmarks;

import io.weir.topology.runtime.FeatureRun;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * Has every task of fraud know its rules before it is given an event: in the second that rules take to come to the tasks, a drain
 * would have read most events without any.
 */
final class RulesFirst {

    private static final List<String> STORES = List.of("fraud-visitor-rules", "fraud-key-rules");
    /** A task keeps a rule, and since when it was on. */
    private static final int ENTRIES = 2;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Admin admin;
    private final Lag lag;

    RulesFirst(Admin admin, Lag lag) {
        this.admin = admin;
        this.lag = lag;
    }

    /**
     * Runs fraud without events until its tasks know the rules.
     *
     * @param fresh makes a run of the application
     * @param events topics that it is to read later
     * @param tasks of visitors, and of keys
     */
    void takeIn(Supplier<FeatureRun> fresh, Collection<String> events, int rules, int tasks)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> starts = new HashMap<>();
        lag.ends(events).forEach((partition, end) -> {
            ends.put(partition, new OffsetAndMetadata(end));
            starts.put(partition, new OffsetAndMetadata(0));
        });
        String application;
        try (FeatureRun run = fresh.get()) {
            application = run.applicationId();
            admin.alterConsumerGroupOffsets(application, ends).all().get();
            run.streams().start();
            await(() -> STORES.stream().allMatch(store -> entries(run, store) == (long) ENTRIES * rules * tasks));
        }
        // Only once the broker has seen the last member go.
        await(() -> hasReset(application, starts));
    }

    private static long entries(FeatureRun run, String store) {
        long entries = 0;
        try (KeyValueIterator<Object, Object> all = run.streams()
                .store(StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.keyValueStore()))
                .all()) {
            while (all.hasNext()) {
                all.next();
                entries++;
            }
        } catch (InvalidStateStoreException e) {
            return 0;
        }
        return entries;
    }

    private boolean hasReset(String application, Map<TopicPartition, OffsetAndMetadata> starts) {
        try {
            admin.alterConsumerGroupOffsets(application, starts).all().get();
            return true;
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + GIVE_UP_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("fraud did not take in its rules in two minutes");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
