package io.weir.it;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;

/**
 * What the fraud rules found, in the form in which it must be the same however often it was interrupted.
 *
 * @param verdicts that stand: rule and event, and which; one that was taken back, because an impression was late, stands as if it had
 *     never been given
 * @param visitors as verdicts, on visitors
 * @param alerts those that stand: rule, key, start and what was measured in the end; their ids have the version in them, which is the time of apply
 */
record FraudResults(List<String> verdicts, List<String> visitors, List<String> alerts) {

    /** Counts different values in tenths of a window, as they come: which event is the first too many may differ. */
    private static final String DEPENDS_ON_ORDER = "merchant-sweep";

    static FraudResults of(Output output) {
        return new FraudResults(
                last(output.of(Output.VERDICTS), "event_id"),
                last(output.of(Output.VISITOR_VERDICTS), "visitor_id"),
                standing(output));
    }

    private static List<String> last(List<GenericRecord> verdicts, String subject) {
        Map<String, String> last = new TreeMap<>();
        verdicts.stream()
                .filter(verdict -> !text(verdict, "rule").equals(DEPENDS_ON_ORDER))
                .forEach(verdict ->
                        last.put(text(verdict, "rule") + " " + text(verdict, subject), text(verdict, "status")));
        return last.entrySet().stream()
                .filter(verdict -> !verdict.getValue().equals("CLEARED"))
                .map(verdict -> verdict.getKey() + " " + verdict.getValue())
                .toList();
    }

    private static List<String> standing(Output output) {
        Map<String, Double> measured = new TreeMap<>();
        Output.ALERTS.stream()
                .flatMap(topic -> output.of(topic).stream())
                .filter(alert -> !text(alert, "rule").equals(DEPENDS_ON_ORDER))
                .forEach(alert -> measured.put(
                        text(alert, "rule") + " " + text(alert, "key") + " " + text(alert, "window_start"),
                        (double) alert.get("measured") > (double) alert.get("threshold")
                                ? (double) alert.get("measured")
                                : 0));
        return measured.entrySet().stream()
                .filter(alert -> alert.getValue() > 0)
                .map(alert -> alert.getKey() + " " + alert.getValue())
                .toList();
    }

    List<String> differences(FraudResults other) {
        return Stream.of(
                        Results.differences("verdict", verdicts, other.verdicts),
                        Results.differences("visitor", visitors, other.visitors),
                        Results.differences("alert", alerts, other.alerts))
                .flatMap(List::stream)
                .toList();
    }

    private static String text(GenericRecord record, String field) {
        return Canonical.text(record.get(field));
    }
}
