package io.weir.topology.batch;

import io.weir.schemas.DeadLetter;
import io.weir.schemas.Event;
import io.weir.schemas.EventQuality;
import io.weir.schemas.Session;
import io.weir.schemas.SessionStatus;
import io.weir.schemas.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** Counts what a batch gave out, from the topics themselves. */
final class Tally {

    private final SortedMap<String, Source> sources = new TreeMap<>();
    private final SortedMap<String, Long> laterDeadLetters = new TreeMap<>();
    /** The last record of a minute is its total. */
    private final Map<QualityKey, EventQuality> quality = new HashMap<>();

    private final Map<String, Latest> sessions = new HashMap<>();
    private Instant largestEventTime = Instant.EPOCH;
    private long statements;

    /** @param rawTopics the sources to count */
    Tally(Iterable<String> rawTopics) {
        rawTopics.forEach(topic -> sources.put(topic, new Source()));
    }

    /** Counts one record of an output topic; of each partition they must come in their order. */
    void add(SpecificRecord value) {
        if (value instanceof Event event) {
            addEvent(event);
        } else if (value instanceof DeadLetter letter) {
            Source source = sources.get(letter.getSourceTopic());
            SortedMap<String, Long> reasons = source == null ? laterDeadLetters : source.deadLetters;
            reasons.merge(letter.getReason().toString(), 1L, Long::sum);
        } else if (value instanceof EventQuality minute) {
            quality.put(QualityKey.of(minute), minute);
        } else if (value instanceof Session session) {
            sessions.merge(session.getSessionId(), Latest.of(session), Latest::later);
        } else if (value instanceof Statement) {
            statements++;
        }
    }

    /** What was counted. */
    Summary summary() {
        quality.values()
                .forEach(minute -> sources.computeIfAbsent(minute.getSource(), name -> new Source())
                        .add(minute));
        SortedMap<String, SourceCounts> counts = new TreeMap<>();
        sources.forEach((name, source) -> counts.put(name, source.counts()));
        long live = sessions.values().stream().filter(latest -> !latest.merged).count();
        return new Summary(largestEventTime, counts, laterDeadLetters, live, statements);
    }

    private void addEvent(Event event) {
        sources.computeIfAbsent(event.getOrigin().getTopic(), name -> new Source())
                .accepted
                .merge(event.getKind().toString(), 1L, Long::sum);
        if (event.getOccurredAt().isAfter(largestEventTime)) {
            largestEventTime = event.getOccurredAt();
        }
    }

    private static final class Source {

        private final SortedMap<String, Long> accepted = new TreeMap<>();
        private final SortedMap<String, Long> deadLetters = new TreeMap<>();
        private long read;
        private long late;
        private long duplicates;

        private void add(EventQuality minute) {
            late += minute.getLate();
            duplicates += minute.getDuplicates();
            read += minute.getAccepted() + minute.getDuplicates();
            read += minute.getDeadLetters().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }

        private SourceCounts counts() {
            return new SourceCounts(read, accepted, late, duplicates, deadLetters);
        }
    }

    private record QualityKey(Instant minute, String source, String event, String library, String version) {

        private static QualityKey of(EventQuality quality) {
            return new QualityKey(
                    quality.getMinute(),
                    quality.getSource(),
                    quality.getEventName(),
                    Objects.requireNonNullElse(quality.getLibrary(), ""),
                    Objects.requireNonNullElse(quality.getLibraryVersion(), ""));
        }
    }

    private record Latest(int revision, boolean merged) {

        private static Latest of(Session session) {
            return new Latest(session.getRevision(), session.getStatus() == SessionStatus.MERGED);
        }

        private static Latest later(Latest one, Latest other) {
            return one.revision >= other.revision ? one : other;
        }
    }
}
