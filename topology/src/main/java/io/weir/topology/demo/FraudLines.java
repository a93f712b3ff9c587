package io.weir.topology.demo;

import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudAlertStatus;
import io.weir.schemas.RuleSeverity;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictStatus;
import io.weir.topology.terminal.Terminal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What the demo shows of fraud: alerts by rule, how many of them are open, the last one; verdicts. */
final class FraudLines {

    private final Map<String, Set<String>> byRule = new TreeMap<>();
    private final Set<String> open = new HashSet<>();
    private long invalid;
    private String last = "none yet";

    void add(FraudAlert alert) {
        if (alert.getSeverity() == RuleSeverity.INFO) {
            return;
        }
        byRule.computeIfAbsent(alert.getRule(), any -> new HashSet<>()).add(alert.getAlertId());
        if (alert.getStatus() == FraudAlertStatus.CLOSED) {
            open.remove(alert.getAlertId());
        } else {
            open.add(alert.getAlertId());
            last = alert.getExplanation();
        }
    }

    void add(Verdict verdict) {
        invalid += verdict.getStatus() == VerdictStatus.INVALID ? 1 : 0;
    }

    /** Hands over each line: what it is, and its text. */
    void each(BiConsumer<String, String> line) {
        String rules = byRule.entrySet().stream()
                .map(rule -> rule.getKey() + " " + rule.getValue().size())
                .collect(Collectors.joining("   "));
        line.accept("fraud", rules.isEmpty() ? rules : rules + "   (" + open.size() + " open)");
        line.accept("", "%s verdicts; last alert: %s".formatted(Terminal.grouped(invalid), last));
    }
}
