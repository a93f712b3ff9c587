package io.weir.topology.runtime;

import io.weir.query.state.Member;
import io.weir.query.state.NotKeptException;
import io.weir.query.state.Partition;
import io.weir.query.state.Place;
import io.weir.query.state.States;
import io.weir.query.state.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.UnknownStateStoreException;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/** The state of the features that run in this process, and where its other partitions are, as Kafka Streams knows it. Safe for many threads. */
final class RunningStates implements States {

    /** A copy that lacks more than this part of what there is has only begun. */
    private static final int LEAST_SHARE = 20;

    private final Supplier<Member> self;
    private final List<FeatureRun> runs;
    private final long mostLag;
    private final CopyLags lags;

    /**
     * @param self where this process answers, once it does
     * @param mostLag records that a copy may be behind and still answer
     * @param lags how far the copies are behind
     */
    RunningStates(Supplier<Member> self, List<FeatureRun> runs, long mostLag, CopyLags lags) {
        this.self = self;
        this.runs = runs;
        this.mostLag = mostLag;
        this.lags = lags;
    }

    @Override
    public Member self() {
        return self.get();
    }

    @Override
    public Place find(String feature, String store, String key) {
        return place(locate(
                feature,
                store,
                streams ->
                        streams.queryMetadataForKey(store, key, Serdes.String().serializer())));
    }

    @Override
    public List<Place> all(String feature, String store) {
        AtomicInteger count = new AtomicInteger(1);
        List<Place> places = new ArrayList<>();
        for (int number = 0; number < count.get(); number++) {
            int wanted = number;
            StreamPartitioner<String, Object> there = (topic, key, value, partitions) -> {
                count.set(partitions);
                return Optional.of(Set.of(wanted));
            };
            places.add(place(locate(feature, store, streams -> streams.queryMetadataForKey(store, "", there))));
        }
        return places;
    }

    @FunctionalInterface
    private interface Lookup {
        KeyQueryMetadata in(KafkaStreams streams);
    }

    private KeyQueryMetadata locate(String feature, String store, Lookup lookup) {
        KafkaStreams streams = streams(feature);
        try {
            KeyQueryMetadata found = lookup.in(streams);
            if (found == null || found.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                throw new UnavailableException("Tasks of " + feature + " are being assigned.");
            }
            return found;
        } catch (UnknownStateStoreException e) {
            throw notKept(store);
        } catch (IllegalStateException | InvalidStateStoreException e) {
            throw new UnavailableException(feature + " is not ready.", e);
        }
    }

    private static NotKeptException notKept(String store) {
        return new NotKeptException("The store " + store + " is not kept, by the settings of this deployment.");
    }

    private static Place place(KeyQueryMetadata found) {
        Optional<Member> active = Optional.of(found.activeHost())
                .filter(host -> !host.equals(HostInfo.unavailable()))
                .map(RunningStates::member);
        return new Place(
                found.partition(),
                active,
                found.standbyHosts().stream().map(RunningStates::member).toList());
    }

    private static Member member(HostInfo host) {
        return new Member(host.host(), host.port());
    }

    private KafkaStreams streams(String feature) {
        return runs.stream()
                .filter(run -> run.name().equals(feature))
                .findFirst()
                .orElseThrow(
                        () -> new NotKeptException(feature + " does not run in this process: ask one that runs it."))
                .made()
                .orElseThrow(() -> new UnavailableException(feature + " is being started."));
    }

    @Override
    public Partition open(String feature, int partition) {
        return new Local(streams(feature), partition, false, 0);
    }

    /** {@inheritDoc} One that has just begun knows next to nothing: its answers would be wrong, not old. */
    @Override
    public Partition copy(String feature, String store, int partition) {
        KafkaStreams streams = streams(feature);
        LagInfo lag = lags.of(streams, store, partition)
                .orElseThrow(() ->
                        new UnavailableException("This process does not hold that partition of " + feature + "."));
        if (lag.offsetLag() > mostLag || lag.offsetLag() > lag.endOffsetPosition() / LEAST_SHARE) {
            throw new UnavailableException("The copy of " + feature + " is " + lag.offsetLag() + " records behind.");
        }
        return new Local(streams, partition, true, lag.offsetLag());
    }

    private static <T> StoreQueryParameters<T> parameters(String store, QueryableStoreType<T> type, int partition) {
        return StoreQueryParameters.fromNameAndType(store, type).withPartition(partition);
    }

    /** A partition that this process holds. */
    private record Local(KafkaStreams streams, int number, boolean stale, long lag) implements Partition {

        @Override
        public ReadOnlyKeyValueStore<Bytes, byte[]> keyValues(String store) {
            return open(store, QueryableStoreTypes.keyValueStore());
        }

        @Override
        public ReadOnlyWindowStore<Bytes, byte[]> windows(String store) {
            return open(store, QueryableStoreTypes.windowStore());
        }

        private <T> T open(String store, QueryableStoreType<T> type) {
            StoreQueryParameters<T> parameters = parameters(store, type, number);
            return streams.store(stale ? parameters.enableStaleStores() : parameters);
        }
    }
}
