package io.weir.experiments.book;

import io.weir.core.bytes.ByteReader;
import io.weir.core.state.ByteStores;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.unit.Unit;
import io.weir.experiments.unit.Why;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What queries may ask of units. Reads what may not be committed yet. */
public final class UnitReads {

    private final UnitStores stores;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> units;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> experiments;

    /**
     * Over the stores of one kind of unit.
     *
     * @param stores of that kind
     * @param units the store {@link UnitStores#units}
     * @param experiments the store {@link UnitStores#experiments}
     */
    public UnitReads(
            UnitStores stores,
            ReadOnlyKeyValueStore<Bytes, byte[]> units,
            ReadOnlyKeyValueStore<Bytes, byte[]> experiments) {
        this.stores = stores;
        this.units = units;
        this.experiments = experiments;
    }

    /**
     * Why a unit counts as it does; empty if it never saw the experiment, or if units of another kind are counted.
     *
     * @param currencies of the experiment's metrics, as {@link io.weir.experiments.result.ResultReads#currencies} has them
     */
    public Optional<Why> why(String unitId, String experimentId, Map<String, String> currencies) {
        Experiment experiment = experiment(experimentId);
        if (experiment.definition().ofCustomers() != stores.ofCustomers()) {
            return Optional.empty();
        }
        return Optional.ofNullable(units.get(ByteStores.key(unitId)))
                .flatMap(value -> Why.of(Unit.decode(value), experiment, currencies));
    }

    /**
     * Ids of the experiments of which a unit has seen a variant, and that count units of its kind; empty if the unit is not known, or not any
     * more.
     */
    public SortedSet<String> experiments(String unitId) {
        SortedSet<String> seen = new TreeSet<>();
        byte[] value = units.get(ByteStores.key(unitId));
        if (value != null) {
            seen.addAll(Unit.decode(value).experiments());
            seen.removeIf(id -> experiment(id).definition().ofCustomers() != stores.ofCustomers());
        }
        return seen;
    }

    private Experiment experiment(String id) {
        byte[] value = experiments.get(ByteStores.key(id));
        return value == null ? Experiment.provisional(id) : Experiment.read(new ByteReader(value));
    }
}
