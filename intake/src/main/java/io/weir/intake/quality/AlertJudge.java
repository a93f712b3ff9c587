package io.weir.intake.quality;

import io.weir.schemas.AlertStatus;
import io.weir.schemas.QualityAlert;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Judges minute after minute of the raw log, each once, and never goes back: what arrives later counts in the windows
 * that are still to come.
 */
final class AlertJudge {

    private final AlertRule rule;
    private final QualityTotals totals;
    private final AlertBook book;

    AlertJudge(AlertRule rule, QualityTotals totals, AlertBook book) {
        this.rule = rule;
        this.totals = totals;
        this.book = book;
    }

    /**
     * Judges the minutes that have not been judged up to one, skipping those in which nothing can change.
     *
     * @param last start of the last minute to judge
     * @param most how many minutes at once
     * @return whether all of them have been judged
     */
    boolean judgeUpTo(long last, int most, Consumer<QualityAlert> out) {
        for (int i = 0; i < most; i++) {
            Long next = next();
            if (next == null || next > last) {
                return true;
            }
            judge(next, out);
            book.judged(next);
        }
        return false;
    }

    /** The next minute in which an alert may start or end; null while there is none. */
    private Long next() {
        Long judged = book.judged();
        if (judged == null) {
            return totals.minuteFrom(Long.MIN_VALUE);
        }
        long next = judged + AlertRule.MINUTE;
        if (!book.active().isEmpty()) {
            return next;
        }
        Long withMessages = totals.minuteFrom(rule.firstMinute(next));
        return withMessages == null ? null : Long.valueOf(Math.max(next, withMessages));
    }

    private void judge(long minute, Consumer<QualityAlert> out) {
        Map<String, WindowTally> window = window(minute);
        Set<String> keys = new TreeSet<>(window.keySet());
        keys.addAll(book.active().keySet());
        for (String key : keys) {
            WindowTally tally = window.getOrDefault(key, new WindowTally());
            switch (rule.judge(tally.total(), tally.invalid(), book.active().containsKey(key))) {
                case STARTS -> {
                    book.start(key, minute + AlertRule.MINUTE);
                    out.accept(alert(key, tally, AlertStatus.STARTED, minute + AlertRule.MINUTE, null));
                }
                case ENDS -> {
                    long started = book.active().get(key);
                    book.end(key);
                    Instant ended = Instant.ofEpochMilli(minute + AlertRule.MINUTE);
                    out.accept(alert(key, tally, AlertStatus.ENDED, started, ended));
                }
                case NONE -> {}
            }
        }
    }

    private Map<String, WindowTally> window(long minute) {
        Map<String, WindowTally> window = new TreeMap<>();
        totals.read(rule.firstMinute(minute), minute, (key, counts) -> {
            String about = new SourceEvent(key.label().source(), key.label().eventName()).key();
            window.computeIfAbsent(about, none -> new WindowTally()).add(counts);
        });
        return window;
    }

    private QualityAlert alert(String key, WindowTally tally, AlertStatus status, long startedAt, Instant endedAt) {
        SourceEvent about = SourceEvent.of(key);
        return QualityAlert.newBuilder()
                .setSource(about.source())
                .setEventName(about.eventName())
                .setStatus(status)
                .setWindowMs(rule.windowMillis())
                .setTotal(tally.total())
                .setInvalid(tally.invalid())
                .setThresholdPercent(rule.percent())
                .setReasons(tally.reasons())
                .setStartedAt(Instant.ofEpochMilli(startedAt))
                .setEndedAt(endedAt)
                .build();
    }
}
