package io.weir.topology.backtest;

import io.weir.topology.backtest.Labels.Count;
import io.weir.topology.backtest.Labels.Counts;
import io.weir.topology.terminal.Terminal;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Today's rules and a candidate's, side by side.
 *
 * @param unjudged without any rule, if money is to be shown: what rules credit is the difference from what this bills, which under a
 *     cap is less than the price of what is invalid
 * @param labels if it is known what the events were
 */
record BacktestReport(RuleEffect today, RuleEffect candidate, Optional<RuleEffect> unjudged, Optional<Labels> labels) {

    private static final int MICROS = 6;
    private static final String COLUMNS = "%-36s %14s %14s%n";
    private static final String FOUR_COLUMNS = "%-36s %14s %14s %14s%n";

    void print(Terminal terminal) {
        PrintWriter out = terminal.out();
        SortedSet<String> rules = new TreeSet<>(today.rules());
        rules.addAll(candidate.rules());
        head(out, "alerts");
        rules.forEach(rule -> line(out, rule, today.alerts(rule), candidate.alerts(rule)));
        head(out, "invalid events");
        rules.stream()
                .filter(rule -> today.invalid(rule) + candidate.invalid(rule) > 0)
                .forEach(rule -> line(out, rule, today.invalid(rule), candidate.invalid(rule)));
        line(out, "all rules together", today.invalid(), candidate.invalid());
        unjudged.ifPresentOrElse(
                without -> money(out, without),
                () -> out.printf(Locale.ROOT, "%nNo money is shown: --budgets says what merchants pay.%n"));
        labels.ifPresent(known -> found(out, known));
        out.flush();
    }

    private static void head(PrintWriter out, String what) {
        out.printf(Locale.ROOT, "%n" + COLUMNS, what, "today", "candidate");
    }

    private static void line(PrintWriter out, String what, long before, long after) {
        out.printf(Locale.ROOT, COLUMNS, "  " + what, Terminal.grouped(before), Terminal.grouped(after));
    }

    private void money(PrintWriter out, RuleEffect without) {
        if (without.billedMicros().isEmpty()) {
            out.printf(Locale.ROOT, "%nNo merchant has a statement, so no money is shown.%n");
            return;
        }
        head(out, "credited because of verdicts");
        SortedMap<String, long[]> sums = new TreeMap<>();
        without.billedMicros().forEach((account, billed) -> {
            long before = billed - today.billedMicros().getOrDefault(account, 0L);
            long after = billed - candidate.billedMicros().getOrDefault(account, 0L);
            long[] sum = sums.computeIfAbsent(account.currency(), any -> new long[2]);
            sum[0] += before;
            sum[1] += after;
            if (before != 0 || after != 0) {
                out.printf(
                        Locale.ROOT,
                        COLUMNS,
                        "  " + account.merchant(),
                        amount(before, account.currency()),
                        amount(after, account.currency()));
            }
        });
        sums.forEach((currency, sum) -> out.printf(
                Locale.ROOT, COLUMNS, "  all merchants", amount(sum[0], currency), amount(sum[1], currency)));
    }

    private static String amount(long micros, String currency) {
        BigDecimal amount = BigDecimal.valueOf(micros, MICROS).stripTrailingZeros();
        return amount.setScale(Math.max(2, amount.scale())).toPlainString() + " " + currency;
    }

    private static void found(PrintWriter out, Labels labels) {
        out.printf(Locale.ROOT, FOUR_COLUMNS, "\nfound of what the events were", "events", "today", "candidate");
        labels.byLabel()
                .forEach((label, count) -> out.printf(
                        Locale.ROOT,
                        FOUR_COLUMNS,
                        "  " + label.kind() + ", " + label.made(),
                        Terminal.grouped(count.events()),
                        Terminal.grouped(count.today()),
                        Terminal.grouped(count.candidate())));
        labels.byKind().forEach((kind, counts) -> {
            if (counts.ofFraud(Count::events) + counts.of(Count::today) + counts.of(Count::candidate) == 0) {
                return;
            }
            out.printf(
                    Locale.ROOT,
                    FOUR_COLUMNS,
                    "  precision, " + kind,
                    "",
                    precision(counts, Count::today),
                    precision(counts, Count::candidate));
            out.printf(
                    Locale.ROOT,
                    FOUR_COLUMNS,
                    "  recall, " + kind,
                    "",
                    recall(counts, Count::today),
                    recall(counts, Count::candidate));
        });
    }

    /** Of what was found, how much is fraud. */
    private static String precision(Counts counts, ToLongFunction<Count> found) {
        return percent(counts.ofFraud(found), counts.of(found));
    }

    /** Of what is fraud, how much was found. */
    private static String recall(Counts counts, ToLongFunction<Count> found) {
        return percent(counts.ofFraud(found), counts.ofFraud(Count::events));
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }
}
