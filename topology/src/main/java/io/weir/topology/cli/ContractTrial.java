package io.weir.topology.cli;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.settings.Settings;
import io.weir.intake.admission.Admission;
import io.weir.intake.admission.AdmissionSettings;
import io.weir.intake.admission.Gate;
import io.weir.intake.admission.Gates;
import io.weir.intake.admission.RawMessage;
import io.weir.intake.admission.Refused;
import io.weir.intake.admission.SourceFormat;
import io.weir.topology.files.InputFile;
import io.weir.topology.files.LineReader;
import io.weir.topology.files.RecordTime;
import io.weir.topology.terminal.ProgressBar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Recorded events before the tracking plan of today and the one to come: which would be refused from then on. */
final class ContractTrial implements AutoCloseable {

    private static final String TOPIC = "recorded";

    private final Gate today;
    private final Gate tomorrow;
    private final Map<String, Long> newlyRefused = new TreeMap<>();
    private long events;

    /**
     * @param today settings with the plan of today
     * @param tomorrow settings with the plan to come
     */
    ContractTrial(Settings today, Settings tomorrow, AvroSerdes serdes) {
        this.today = gate(today, serdes);
        this.tomorrow = gate(tomorrow, serdes);
    }

    /** Tries all messages of a file of Segment's spec. */
    void run(InputFile file, ProgressBar progress) {
        AtomicLong consumed = new AtomicLong();
        RecordTime time = RecordTime.ofSegment();
        long offset = 0;
        try (LineReader lines = file.open(consumed)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                long timestamp = time.next(line);
                compare(new RawMessage(TOPIC, 0, offset++, timestamp, new RecordHeaders(), null, line));
                progress.at(consumed.get(), file.size());
            }
        }
    }

    /** Events that were tried. */
    long events() {
        return events;
    }

    /** How many events would be refused that are accepted today, by event and reason. */
    Map<String, Long> newlyRefused() {
        return newlyRefused;
    }

    @Override
    public void close() {
        today.close();
        tomorrow.close();
    }

    private void compare(RawMessage message) {
        List<Admission> before = new ArrayList<>();
        List<Admission> after = new ArrayList<>();
        today.admit(message, message.timestamp(), before::add);
        tomorrow.admit(message, message.timestamp(), after::add);
        events += after.size();
        for (int i = 0; i < after.size(); i++) {
            if (after.get(i) instanceof Refused refused && !(before.get(i) instanceof Refused)) {
                newlyRefused.merge(describe(refused), 1L, Long::sum);
            }
        }
    }

    private static String describe(Refused refused) {
        String field = refused.field() == null ? "" : " at " + refused.field();
        return refused.label().eventName() + ": " + refused.reason() + field + ": " + refused.message();
    }

    private static Gate gate(Settings settings, AvroSerdes serdes) {
        return new Gates(AdmissionSettings.from(settings), serdes, Map.of(TOPIC, SourceFormat.SEGMENT_JSON)).open();
    }
}
