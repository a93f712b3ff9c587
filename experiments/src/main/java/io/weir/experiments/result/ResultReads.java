package io.weir.experiments.result;

import io.weir.core.bytes.ByteReader;
import io.weir.core.state.ByteStores;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.total.Totals;
import io.weir.schemas.ExperimentResults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What queries may ask of results: those of now, also where the last ones are not given out yet. Reads what may not be
 * committed. Safe for one thread; cheap to make.
 */
public final class ResultReads {

    /** Stores to open, each with bytes as keys and values. */
    public static final String EXPERIMENTS = ResultBook.EXPERIMENTS;

    public static final String PARTS = ResultBook.PARTS;

    private final ReadOnlyKeyValueStore<Bytes, byte[]> experiments;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> parts;

    /** Over the stores of that name, of one task or of all tasks of this instance. */
    public ResultReads(ReadOnlyKeyValueStore<Bytes, byte[]> experiments, ReadOnlyKeyValueStore<Bytes, byte[]> parts) {
        this.experiments = experiments;
        this.parts = parts;
    }

    /** The results of an experiment; empty if nothing is known of it, or not any more. */
    public Optional<ExperimentResults> of(String id) {
        return reading(id).map(reading -> new Results(reading).record());
    }

    /** Of every experiment of which something is known, by id. */
    public List<ExperimentResults> all() {
        return PartStore.experiments(parts).stream()
                .flatMap(id -> of(id).stream())
                .toList();
    }

    /** The currency that each metric of an experiment is in, by metric id; empty texts without money. */
    public Map<String, String> currencies(String id) {
        return reading(id).map(Reading::currencies).orElse(Map.of());
    }

    private Optional<Reading> reading(String id) {
        Totals totals = PartStore.read(parts, id);
        if (totals.isEmpty()) {
            return Optional.empty();
        }
        byte[] known = experiments.get(ByteStores.key(id));
        Experiment experiment = known == null ? Experiment.provisional(id) : Experiment.read(new ByteReader(known));
        return Optional.of(Reading.of(experiment, totals));
    }
}
