package io.weir.it;

import io.weir.traffic.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;

/**
 * What came of a raw log, in the form in which it must be the same however often it was interrupted: each list is in any
 * order, and has an entry as often as it was put out.
 *
 * @param events accepted ones: where they come from, when, by which clock
 * @param sessions the last revision of each that was not merged, without what may differ (id, revision, status)
 * @param lateEvents identifiers of the events that were too late for a session
 * @param deadLetters position, reason and bytes
 * @param quality the last record of each minute and label
 * @param adSpend what ad spend came to
 * @param experiments what experiments came to
 * @param open identifiers of the sessions that are not closed
 * @param sessionEvents events in those sessions
 * @param read messages and parts of batches by the quality topic
 * @param duplicates among them
 * @param refused dead letters by reason
 * @param faults what must not be, whatever the input
 */
record Results(
        List<String> events,
        List<String> sessions,
        List<String> lateEvents,
        List<String> deadLetters,
        List<String> quality,
        AdSpendResults adSpend,
        ExperimentFigures experiments,
        List<String> open,
        long sessionEvents,
        long read,
        long duplicates,
        Map<String, Long> refused,
        List<String> faults) {

    private static final Set<String> MAY_DIFFER =
            Set.of("session_id", "status", "revision", "merged_into", "merged_from");
    private static final List<String> QUALITY_LABEL =
            List.of("minute", "source", "event_name", "library", "library_version");
    private static final int SHOWN = 5;

    static Results of(Output output) {
        List<String> faults = new ArrayList<>();
        List<GenericRecord> sessions = lastRevisions(output, faults);
        List<GenericRecord> quality = lastTotals(output);
        Map<String, Long> refused = new TreeMap<>();
        output.of(Output.DEAD_LETTERS).forEach(letter -> refused.merge(text(letter, "reason"), 1L, Long::sum));
        return new Results(
                output.events().stream().map(Results::event).toList(),
                sessions.stream()
                        .map(session -> Canonical.without(MAY_DIFFER, session))
                        .toList(),
                output.of(Output.LATE).stream()
                        .map(event -> text(event, "visitor_id") + " " + text(event, "event_id"))
                        .toList(),
                output.of(Output.DEAD_LETTERS).stream().map(Results::deadLetter).toList(),
                quality.stream().map(Canonical::text).toList(),
                AdSpendResults.of(output, faults),
                ExperimentFigures.of(output),
                sessions.stream()
                        .filter(session -> text(session, "status").equals("OPENED"))
                        .map(session -> text(session, "session_id"))
                        .toList(),
                sessions.stream()
                        .mapToLong(session -> (long) session.get("event_count"))
                        .sum(),
                quality.stream().mapToLong(Results::read).sum(),
                quality.stream()
                        .mapToLong(total -> (long) total.get("duplicates"))
                        .sum(),
                refused,
                faults);
    }

    /** Whether all of that has been put out, every session is closed, and results are those of all events. */
    boolean isComplete(Tally sent) {
        return isProcessed(sent) && experiments.isComplete();
    }

    /** As {@link #isComplete}, but for results, which verdicts on visitors change. */
    boolean isProcessed(Tally sent) {
        return read == sent.events()
                && events.size() == sent.acceptedInAll()
                && sessionEvents + lateEvents.size() == sent.acceptedInAll()
                && adSpend.isComplete()
                && open.isEmpty();
    }

    /** Where it stands, in one line. */
    String progress() {
        return "read %d, duplicates %d, events %d, in sessions %d, late %d, dead letters %d, sessions %d, open %d, %s, experiments %s"
                .formatted(
                        read,
                        duplicates,
                        events.size(),
                        sessionEvents,
                        lateEvents.size(),
                        deadLetters.size(),
                        sessions.size(),
                        open.size(),
                        adSpend.progress(),
                        differences("figure", experiments.said(), experiments.expected()));
    }

    /** What is here and not there, or the other way round; the first few of each kind. */
    List<String> differences(Results other) {
        return Stream.of(
                        differences("event", events, other.events),
                        differences("session", sessions, other.sessions),
                        differences("late event", lateEvents, other.lateEvents),
                        differences("dead letter", deadLetters, other.deadLetters),
                        differences("quality", quality, other.quality),
                        differences("bill", adSpend.bills(), other.adSpend.bills()),
                        differences("day", adSpend.days(), other.adSpend.days()),
                        differences("experiment", experiments.said(), other.experiments.said()))
                .flatMap(List::stream)
                .toList();
    }

    /** The same for one kind of result. */
    static List<String> differences(String kind, List<String> here, List<String> there) {
        Map<String, Integer> surplus = new LinkedHashMap<>();
        here.forEach(one -> surplus.merge(one, 1, Integer::sum));
        there.forEach(one -> surplus.merge(one, -1, Integer::sum));
        List<String> differences = surplus.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> "%s, %+d here: %s".formatted(kind, entry.getValue(), entry.getKey()))
                .toList();
        if (differences.size() <= SHOWN) {
            return differences;
        }
        List<String> first = new ArrayList<>(differences.subList(0, SHOWN));
        first.add("… and %d more of kind %s".formatted(differences.size() - SHOWN, kind));
        return first;
    }

    /** Each session's last record, but for merged ones; every record must raise the revision by one, from 0. */
    private static List<GenericRecord> lastRevisions(Output output, List<String> faults) {
        Map<String, GenericRecord> last = new HashMap<>();
        for (GenericRecord session : output.of(Output.SESSIONS)) {
            GenericRecord before = last.put(text(session, "session_id"), session);
            int expected = before == null ? 0 : (int) before.get("revision") + 1;
            if ((int) session.get("revision") != expected) {
                faults.add("expected revision %d: %s".formatted(expected, session));
            }
        }
        return last.values().stream()
                .filter(session -> !text(session, "status").equals("MERGED"))
                .toList();
    }

    private static List<GenericRecord> lastTotals(Output output) {
        Map<String, GenericRecord> last = new HashMap<>();
        for (GenericRecord total : output.of(Output.QUALITY)) {
            last.put(Canonical.text(QUALITY_LABEL.stream().map(total::get).toList()), total);
        }
        return List.copyOf(last.values());
    }

    private static long read(GenericRecord quality) {
        long refused = ((Map<?, ?>) quality.get("dead_letters"))
                .values().stream().mapToLong(count -> (long) count).sum();
        return (long) quality.get("accepted") + (long) quality.get("duplicates") + refused;
    }

    private static String event(GenericRecord event) {
        return String.join(
                " ",
                text(event, "kind"),
                text(event, "visitor_id"),
                text(event, "event_id"),
                text(event, "occurred_at"),
                text(event, "origin"));
    }

    private static String deadLetter(GenericRecord letter) {
        return String.join(
                " ",
                text(letter, "source_topic"),
                text(letter, "source_partition"),
                text(letter, "source_offset"),
                text(letter, "reason"),
                text(letter, "key"),
                text(letter, "value"));
    }

    private static String text(GenericRecord record, String field) {
        return Canonical.text(record.get(field));
    }
}
