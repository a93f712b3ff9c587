package io.weir.experiments.result;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import io.weir.schemas.AlertStatus;
import io.weir.schemas.ExperimentAlert;
import io.weir.schemas.ExperimentAlertKind;
import io.weir.schemas.ExperimentResults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Alerts that have started and not ended. Key: experiment id, UTF-8. Value: number, then for each kind, variant, metric. */
final class AlertBook {

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();
    private final Map<String, Set<Alarm.Subject>> open = new HashMap<>();

    AlertBook(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static StoreNote note(String name) {
        return new StoreNote(
                name,
                "experiment id (UTF-8)",
                "alerts that have not ended",
                "until they end",
                "nothing that grows with events",
                "no: written when an alert starts or ends");
    }

    /** Experiments that have alerts which have not ended. */
    Set<String> experiments() {
        Set<String> experiments = new HashSet<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> experiments.add(ByteStores.id(entry.key)));
        }
        return experiments;
    }

    /** Compares what is wrong with what was said; returns what is to be said. */
    List<ExperimentAlert> settle(Reading reading, ExperimentResults results, long now) {
        String experiment = reading.definition().id();
        Set<Alarm.Subject> before = open.computeIfAbsent(experiment, this::read);
        Map<Alarm.Subject, Alarm> wrong = new LinkedHashMap<>();
        new Alarms(reading, results).all().forEach(alarm -> wrong.put(alarm.subject(), alarm));
        List<ExperimentAlert> said = new ArrayList<>();
        for (Alarm.Subject subject : List.copyOf(before)) {
            if (!wrong.containsKey(subject) && !subject.isLatched()) {
                before.remove(subject);
                said.add(alert(experiment, subject.over(), AlertStatus.ENDED, results.getAsOf(), now));
            }
        }
        for (Alarm alarm : wrong.values()) {
            if (before.add(alarm.subject())) {
                said.add(alert(experiment, alarm, AlertStatus.STARTED, results.getAsOf(), now));
            }
        }
        if (!said.isEmpty()) {
            keep(experiment, before);
        }
        return said;
    }

    private static ExperimentAlert alert(String experiment, Alarm alarm, AlertStatus status, Instant asOf, long now) {
        return new ExperimentAlert(
                experiment,
                alarm.subject().kind(),
                alarm.subject().variant(),
                alarm.subject().metric(),
                status,
                asOf,
                Instant.ofEpochMilli(now),
                alarm.message());
    }

    /** Forgets an experiment that is gone; returns what is to be said. */
    List<ExperimentAlert> forget(String experiment, long now) {
        Set<Alarm.Subject> before = open.containsKey(experiment) ? open.get(experiment) : read(experiment);
        open.remove(experiment);
        store.delete(ByteStores.key(experiment));
        return before.stream()
                .map(subject -> alert(experiment, subject.over(), AlertStatus.ENDED, Instant.ofEpochMilli(now), now))
                .toList();
    }

    private void keep(String experiment, Set<Alarm.Subject> alarms) {
        if (alarms.isEmpty()) {
            store.delete(ByteStores.key(experiment));
            return;
        }
        out.varint(alarms.size());
        alarms.forEach(subject ->
                out.text(subject.kind().name()).text(subject.variant()).text(subject.metric()));
        store.put(ByteStores.key(experiment), out.take());
    }

    private Set<Alarm.Subject> read(String experiment) {
        Set<Alarm.Subject> alarms = new LinkedHashSet<>();
        byte[] value = store.get(ByteStores.key(experiment));
        if (value == null) {
            return alarms;
        }
        ByteReader in = new ByteReader(value);
        int count = in.count();
        for (int i = 0; i < count; i++) {
            alarms.add(new Alarm.Subject(ExperimentAlertKind.valueOf(in.text()), in.text(), in.text()));
        }
        return alarms;
    }
}
