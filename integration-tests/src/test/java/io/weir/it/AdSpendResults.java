package io.weir.it;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/**
 * What ad spend came to, in the form in which it must be the same however often it was interrupted.
 *
 * @param bills of each interaction: merchant, event, day, valid and invalid price
 * @param days of each merchant's day: billed, absorbed, invalid, all from the ledger
 * @param statements without what may differ
 * @param counts the last record of each campaign's minute
 * @param delivered interactions that can be billed, from the topics of events
 * @param capped records that say that a cap is reached
 */
record AdSpendResults(
        List<String> bills,
        List<String> days,
        List<String> statements,
        List<String> counts,
        long delivered,
        long capped) {

    /** The clock's, and how often something went back and forth. */
    private static final Set<String> MAY_DIFFER = Set.of("issued_at", "entries", "credit_micros");

    static AdSpendResults of(Output output, List<String> faults) {
        Map<String, long[]> bills = new TreeMap<>();
        Map<String, long[]> days = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        for (GenericRecord entry : output.of(Output.LEDGER)) {
            if (!ids.add(text(entry, "entry_id"))) {
                faults.add("the same entry twice: " + entry);
            }
            long nanos = (long) entry.get("amount_nanos");
            boolean invalid = text(entry, "kind").equals("INVALID");
            String day = text(entry, "merchant_id") + " " + text(entry, "day");
            if (entry.get("event_id") != null) {
                bills.computeIfAbsent(day + " " + text(entry, "event_id"), any -> new long[2])[invalid ? 1 : 0] +=
                        nanos;
            }
            int column = invalid ? 2 : text(entry, "kind").equals("ABSORB") ? 1 : 0;
            days.computeIfAbsent(day, any -> new long[3])[column] += nanos;
        }
        checkSequences(output, faults);
        return new AdSpendResults(
                lines(bills),
                lines(days),
                output.of(Output.STATEMENTS).stream()
                        .map(statement -> Canonical.without(MAY_DIFFER, statement))
                        .toList(),
                lastCounts(output),
                delivered(output),
                output.of(Output.CAPS).stream()
                        .filter(status -> text(status, "state").equals("CAPPED"))
                        .count());
    }

    /** Every interaction of the traffic has a price, so each has an entry. */
    boolean isComplete() {
        return bills.size() == delivered;
    }

    String progress() {
        return "interactions %d, on the ledger %d".formatted(delivered, bills.size());
    }

    private static long delivered(Output output) {
        long videos = output.of("events.video").stream()
                .filter(event ->
                        text((GenericRecord) event.get("video"), "stage").equals("COMPLETED"))
                .count();
        return output.of("events.impressions").size()
                + output.of("events.clicks").size()
                + videos;
    }

    /** Each record of a cap is one more than the one before, and says something else. */
    private static void checkSequences(Output output, List<String> faults) {
        Map<String, GenericRecord> last = new HashMap<>();
        for (GenericRecord status : output.of(Output.CAPS)) {
            String scope = text(status, "merchant_id") + "|" + text(status, "campaign_id");
            GenericRecord before = last.put(scope, status);
            long expected = before == null ? 1 : (long) before.get("sequence") + 1;
            boolean same = before != null && text(before, "state").equals(text(status, "state"));
            if ((long) status.get("sequence") != expected || same) {
                faults.add("expected sequence %d and another state: %s".formatted(expected, status));
            }
        }
    }

    private static List<String> lastCounts(Output output) {
        Map<String, String> last = new TreeMap<>();
        for (GenericRecord counts : output.of(Output.COUNTS)) {
            String key = text(counts, "merchant_id") + " " + text(counts, "campaign_id") + " " + text(counts, "minute");
            last.put(key, Canonical.text(counts));
        }
        return List.copyOf(last.values());
    }

    private static List<String> lines(Map<String, long[]> sums) {
        return sums.entrySet().stream()
                .map(entry -> entry.getKey() + " " + Arrays.toString(entry.getValue()))
                .toList();
    }

    private static String text(GenericRecord record, String field) {
        return Canonical.text(record.get(field));
    }
}
