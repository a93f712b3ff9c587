package io.weir.topology.backtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a set of rules did over recorded events, as the results of a batch tell it. */
final class RuleEffect {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SortedMap<String, Long> alerts = new TreeMap<>();
    private final Map<String, Set<String>> invalidByRule = new HashMap<>();
    private final Set<String> invalidEvents = new HashSet<>();
    private final Set<String> invalidVisitors = new HashSet<>();
    private final SortedMap<Account, Long> billedMicros = new TreeMap<>();

    /** Whose money it is. */
    record Account(String merchant, String currency) implements Comparable<Account> {

        @Override
        public int compareTo(Account other) {
            int byCurrency = currency.compareTo(other.currency);
            return byCurrency == 0 ? merchant.compareTo(other.merchant) : byCurrency;
        }
    }

    private RuleEffect() {}

    /**
     * Reads the results of a batch.
     *
     * @param folder with a file for each output topic
     */
    static RuleEffect of(Path folder) {
        RuleEffect effect = new RuleEffect();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> alerts = files.filter(
                            file -> file.getFileName().toString().startsWith("fraud.alerts."))
                    .sorted()
                    .toList();
            alerts.forEach(file -> read(file, effect::alert));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<List<String>, String> last = new HashMap<>();
        read(folder.resolve("fraud.verdicts.ndjson"), verdict -> last.put(key(verdict, "event_id"), status(verdict)));
        last.forEach((key, status) -> effect.judged(key.get(0), key.get(1), status));
        last.clear();
        read(
                folder.resolve("fraud.visitor-verdicts.ndjson"),
                verdict -> last.put(key(verdict, "visitor_id"), status(verdict)));
        last.forEach((key, status) -> {
            if (status.equals("INVALID")) {
                effect.invalidVisitors.add(key.get(1));
            }
        });
        read(folder.resolve("adspend.statements.ndjson"), effect::statement);
        return effect;
    }

    private static void read(Path file, Consumer<JsonNode> record) {
        try (Stream<String> lines = Files.lines(file)) {
            lines.map(JSON::readTree).forEach(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> key(JsonNode verdict, String subject) {
        return List.of(verdict.get("rule").asString(), verdict.get(subject).asString());
    }

    private static String status(JsonNode verdict) {
        return verdict.get("status").asString();
    }

    /** In a batch each alert is opened once, and those that were taken back are closed with nothing measured. */
    private void alert(JsonNode alert) {
        if (alert.get("status").asString().equals("CLOSED")
                && alert.get("measured").asDouble() > alert.get("threshold").asDouble()) {
            alerts.merge(alert.get("rule").asString(), 1L, Long::sum);
        }
    }

    private void judged(String rule, String event, String status) {
        if (status.equals("INVALID")) {
            invalidByRule.computeIfAbsent(rule, any -> new HashSet<>()).add(event);
            invalidEvents.add(event);
        }
    }

    private void statement(JsonNode statement) {
        Account account = new Account(
                statement.get("merchant_id").asString(),
                statement.get("currency").asString());
        billedMicros.merge(
                account,
                statement.get("billed_micros").asLong()
                        + statement.get("adjustment_micros").asLong(),
                Long::sum);
    }

    /** Rules that said anything. */
    SortedSet<String> rules() {
        SortedSet<String> rules = new TreeSet<>(alerts.keySet());
        rules.addAll(invalidByRule.keySet());
        return rules;
    }

    long alerts(String rule) {
        return alerts.getOrDefault(rule, 0L);
    }

    /** Events on which a rule's verdict stands. */
    long invalid(String rule) {
        return invalidByRule.getOrDefault(rule, Set.of()).size();
    }

    /** Events on which any rule's verdict stands. */
    long invalid() {
        return invalidEvents.size();
    }

    /** Whether a verdict stands on an event, or on its visitor. */
    boolean found(String event, String visitor) {
        return invalidEvents.contains(event) || invalidVisitors.contains(visitor);
    }

    /** What is billed, in micros. */
    SortedMap<Account, Long> billedMicros() {
        return billedMicros;
    }
}
