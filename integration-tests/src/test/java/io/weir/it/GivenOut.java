package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Statements, the ledger, alerts and quality, asked for page by page, against what stands in the topics. */
record GivenOut(Output output) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration BOUND = Duration.ofMinutes(2);

    /**
     * Waits until a process answers what the topics say; some of it goes on to change while the clock does.
     *
     * @param sent events that were sent to the only source
     */
    void awaitIn(WeirProcess process, long sent) {
        await("statements, ledger and alerts are answered as they were given out")
                .atMost(BOUND)
                .untilAsserted(() -> {
                    output.refresh();
                    checkStatements(process);
                    checkLedger(process);
                    checkAlerts(process);
                });
        long read = pages(process, "/api/v1/quality?").stream()
                .mapToLong(label -> {
                    long parts = label.get("accepted").asLong()
                            + label.get("duplicates").asLong()
                            + label.get("refused").asLong();
                    assertThat(label.get("total").asLong()).isEqualTo(parts);
                    return parts;
                })
                .sum();
        assertThat(read).isEqualTo(sent);
    }

    private void checkStatements(WeirProcess process) {
        Map<String, Map<String, Long>> billed = new TreeMap<>();
        for (GenericRecord statement : output.of(Output.STATEMENTS)) {
            billed.computeIfAbsent(text(statement, "merchant_id"), any -> new TreeMap<>())
                    .put(text(statement, "day"), (Long) statement.get("billed_micros"));
        }
        assertThat(billed).isNotEmpty();
        billed.forEach((merchant, days) -> {
            Map<String, Long> found = new TreeMap<>();
            pages(process, "/api/v1/merchants/" + merchant + "/statements?")
                    .forEach(statement -> found.put(
                            statement.get("day").asString(),
                            statement.get("billed_micros").asLong()));
            assertThat(found).isEqualTo(days);
        });
    }

    private void checkLedger(WeirProcess process) {
        Map<String, List<String>> entries = new TreeMap<>();
        for (GenericRecord entry : output.of(Output.LEDGER)) {
            entries.computeIfAbsent(
                            text(entry, "merchant_id") + "/ledger?day=" + entry.get("day"), any -> new ArrayList<>())
                    .add(text(entry, "entry_id"));
        }
        assertThat(entries).isNotEmpty();
        entries.forEach((list, ids) -> assertThat(pages(process, "/api/v1/merchants/" + list + "&"))
                .extracting(entry -> entry.get("entry_id").asString())
                .isEqualTo(ids));
    }

    private void checkAlerts(WeirProcess process) {
        Map<String, GenericRecord> last = new HashMap<>();
        for (String topic : Output.ALERTS) {
            output.of(topic).forEach(alert -> last.put(text(alert, "alert_id"), alert));
        }
        List<String> expected = last.values().stream()
                .sorted(Comparator.comparing((GenericRecord alert) -> (Long) alert.get("window_start"))
                        .thenComparing(alert -> text(alert, "alert_id"))
                        .reversed())
                .map(alert -> text(alert, "alert_id") + alert.get("status") + alert.get("measured"))
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(pages(process, "/api/v1/fraud/alerts?"))
                .extracting(alert -> alert.get("alert_id").asString()
                        + alert.get("status").asString()
                        + alert.get("measured").asDouble())
                .isEqualTo(expected);
        String route = text(last.values().iterator().next(), "route");
        assertThat(pages(process, "/api/v1/fraud/alerts?route=" + route + "&")).hasSize((int) last.values().stream()
                .filter(alert -> text(alert, "route").equals(route))
                .count());
    }

    /** The whole of a list, few at a time. */
    private static List<JsonNode> pages(WeirProcess process, String list) {
        List<JsonNode> all = new ArrayList<>();
        JsonNode page = page(process, list + "limit=17");
        page.get("data").forEach(all::add);
        while (page.has("next_cursor")) {
            String cursor = URLEncoder.encode(page.get("next_cursor").asString(), StandardCharsets.UTF_8);
            page = page(process, list + "limit=17&cursor=" + cursor);
            page.get("data").forEach(all::add);
        }
        return all;
    }

    private static JsonNode page(WeirProcess process, String path) {
        HttpResponse<String> response = process.get(path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.get("partial").asBoolean()).isFalse();
        return body;
    }

    private static String text(GenericRecord record, String field) {
        return record.get(field).toString();
    }
}
