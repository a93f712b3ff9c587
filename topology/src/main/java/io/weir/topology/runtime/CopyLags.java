package io.weir.topology.runtime;

import io.weir.query.state.UnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;

/**
 * How far the copies of this process are behind. Kafka Streams asks the broker for the ends of all changelogs each time, and waits up to a
 * minute for it: one look serves whoever asks within a tenth of a second, and nobody waits longer than for another process. Safe for many
 * threads.
 */
final class CopyLags {

    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Executor threads;
    private final Duration timeout;
    private final Map<KafkaStreams, Look> looks = new ConcurrentHashMap<>();

    /**
     * @param threads on which the broker is waited for
     * @param timeout how long a look is waited for
     */
    CopyLags(Executor threads, Duration timeout) {
        this.threads = threads;
        this.timeout = timeout;
    }

    /** Lags by store and partition, when they were asked for. */
    private record Look(long nanos, CompletableFuture<Map<String, Map<Integer, LagInfo>>> lags) {

        /** One that is still waited for is as good as a new one. */
        boolean serves(long now) {
            return !lags.isDone() || (!lags.isCompletedExceptionally() && now - nanos < FRESH_NANOS);
        }
    }

    /**
     * Of a partition of a store; empty if this process holds no copy of it.
     *
     * @throws UnavailableException if that cannot be known now
     */
    Optional<LagInfo> of(KafkaStreams streams, String store, int partition) {
        long now = System.nanoTime();
        Look look = looks.compute(
                streams,
                (any, last) -> last != null && last.serves(now)
                        ? last
                        : new Look(now, CompletableFuture.supplyAsync(streams::allLocalStorePartitionLags, threads)));
        try {
            Map<Integer, LagInfo> ofStore =
                    look.lags().get(timeout.toMillis(), TimeUnit.MILLISECONDS).getOrDefault(store, Map.of());
            return Optional.ofNullable(ofStore.get(partition));
        } catch (ExecutionException | TimeoutException e) {
            throw new UnavailableException("How far the copies are behind is not known.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("How far the copies are behind was not waited for.", e);
        }
    }
}
