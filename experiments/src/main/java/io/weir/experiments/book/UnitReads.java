package io.weir.experiments.book;

import io.weir.core.bytes.ByteReader;
import io.weir.core.state.ByteStores;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.unit.Unit;
import io.weir.experiments.unit.Why;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What queries may ask of units. Reads what may not be committed yet. */
public final class UnitReads {

    private final ReadOnlyKeyValueStore<Bytes, byte[]> units;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> experiments;

    /**
     * Over the stores of one kind of unit.
     *
     * @param units store {@code experiments-visitor-units} or {@code experiments-customer-units}
     * @param experiments store {@code experiments-visitor-definitions} or {@code experiments-customer-definitions}
     */
    public UnitReads(ReadOnlyKeyValueStore<Bytes, byte[]> units, ReadOnlyKeyValueStore<Bytes, byte[]> experiments) {
        this.units = units;
        this.experiments = experiments;
    }

    /** Why a unit counts as it does in each experiment that it saw, by experiment id. */
    public List<Why> why(String unitId) {
        byte[] value = units.get(ByteStores.key(unitId));
        if (value == null) {
            return List.of();
        }
        Unit unit = Unit.decode(value);
        return unit.experiments().stream()
                .map(id -> Why.of(unit, experiment(id)))
                .flatMap(Optional::stream)
                .toList();
    }

    private Experiment experiment(String id) {
        byte[] value = experiments.get(ByteStores.key(id));
        return value == null ? Experiment.provisional(id) : Experiment.read(new ByteReader(value));
    }
}
