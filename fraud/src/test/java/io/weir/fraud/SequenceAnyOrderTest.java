package io.weir.fraud;

import static io.weir.fraud.EventBuilder.click;
import static io.weir.fraud.EventBuilder.impression;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.time.StreamClock.Phase;
import io.weir.schemas.Event;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudAlertStatus;
import io.weir.schemas.RuleFault;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clicks on one impression, in whatever order they are read and whenever the clock ticks between: the final verdicts and alerts are
 * those of a plain recomputation.
 */
class SequenceAnyOrderTest {

    private static final Instant TEN = Instant.parse("2026-05-01T10:00:00Z");
    private static final long AT_LEAST = 100;
    private static final long AT_MOST = Duration.ofHours(2).toMillis();
    private static final long EPISODE = Duration.ofMinutes(30).toMillis();
    private static final int TRIES = 25;
    private static final int MOST_CLICKS = 30;

    @TempDir
    private Path state;

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"LIVE", "HELD"})
    void whatIsFoundIsWhatAPlainRecomputationFinds(Phase phase) {
        for (int seed = 0; seed < TRIES; seed++) {
            Random random = new Random(seed);
            Run run = new Run(random, phase, state.resolve(phase + "-" + seed));
            run.read();

            assertThat(run.invalid()).as("verdicts, seed " + seed).isEqualTo(run.expectedInvalid());
            assertThat(run.said()).as("alerts, seed " + seed).isEqualTo(run.expectedAlerts());
            assertThat(run.alerts.values())
                    .as("alerts, seed " + seed)
                    .extracting(FraudAlert::getStatus)
                    .allMatch(status -> status == FraudAlertStatus.CLOSED);
        }
    }

    /** One made-up input, what came of it, and what should have. */
    private static final class Run {
        private final Random random;
        private final Phase phase;
        private final Path state;
        private final boolean ticks;
        private final int span;
        /** Milliseconds after the beginning. */
        private final Map<String, Long> clicks = new TreeMap<>();

        private final List<Long> impressions = new ArrayList<>();
        private final Map<String, VerdictStatus> verdicts = new HashMap<>();
        private final Map<String, FraudAlert> alerts = new HashMap<>();

        Run(Random random, Phase phase, Path state) {
            this.random = random;
            this.phase = phase;
            this.state = state;
            this.ticks = random.nextBoolean();
            this.span =
                    (int) Duration.ofMinutes(random.nextBoolean() ? 10 : 180).toMillis();
            for (int i = 1 + random.nextInt(MOST_CLICKS); i > 0; i--) {
                clicks.put("c" + i, (long) random.nextInt(span));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                impressions.add((long) random.nextInt(span));
            }
        }

        private List<Event> shuffled() {
            List<Event> events = new ArrayList<>();
            clicks.forEach((id, at) -> events.add(click(id, "v", TEN.plusMillis(at))
                    .of("i")
                    .clock(TEN.plusMillis(at))
                    .build()));
            for (long at : impressions) {
                events.add(impression("i" + at, "v", TEN.plusMillis(at))
                        .of("i")
                        .clock(TEN.plusMillis(at))
                        .build());
            }
            Collections.shuffle(events, random);
            return events;
        }

        void read() {
            boolean live = phase == Phase.LIVE;
            Instant now = live ? TEN.plusMillis(span) : Instant.EPOCH;
            try (FraudDriver fraud = new FraudDriver(state, phase, now, Map.of("weir.fraud.lateness", "6h"))) {
                fraud.rule(RuleBuilder.clickAfterImpression(
                                "again", RuleFault.MISSING, RuleFault.TOO_OLD, RuleFault.REPEATED, RuleFault.TOO_SOON)
                        .build());
                for (Event event : shuffled()) {
                    fraud.event(event);
                    if (live && ticks && random.nextInt(3) == 0) {
                        fraud.pass(Duration.ofSeconds(random.nextInt(60)));
                    }
                }
                if (live) {
                    fraud.pass(Duration.ofMinutes(5));
                    fraud.pass(Duration.ofHours(2));
                } else {
                    fraud.end();
                }
                fraud.verdicts().stream()
                        .sorted(Comparator.comparing(Verdict::getDecidedAt))
                        .forEach(verdict -> verdicts.put(verdict.getEventId(), verdict.getStatus()));
                fraud.alerts("clicks").forEach(alert -> alerts.put(alert.getAlertId(), alert));
            }
        }

        List<String> invalid() {
            return verdicts.keySet().stream()
                    .filter(id -> verdicts.get(id) == VerdictStatus.INVALID)
                    .sorted()
                    .toList();
        }

        private List<Map.Entry<String, Long>> wrong() {
            List<Map.Entry<String, Long>> sorted = clicks.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .toList();
            List<Map.Entry<String, Long>> wrong = new ArrayList<>();
            long clickBefore = Long.MIN_VALUE / 2;
            for (Map.Entry<String, Long> one : sorted) {
                long at = one.getValue();
                long shown = impressions.stream()
                        .filter(time -> time <= at)
                        .max(Comparator.naturalOrder())
                        .orElse(Long.MIN_VALUE / 2);
                if (at - clickBefore <= AT_MOST || at - shown < AT_LEAST || at - shown > AT_MOST) {
                    wrong.add(one);
                }
                clickBefore = at;
            }
            return wrong;
        }

        List<String> expectedInvalid() {
            return wrong().stream().map(Map.Entry::getKey).sorted().toList();
        }

        /** Start in milliseconds after the beginning, and how many: what is wrong within half an hour of another is one alert. */
        Map<Long, Integer> expectedAlerts() {
            Map<Long, Integer> expected = new TreeMap<>();
            long start = 0;
            long until = Long.MIN_VALUE;
            for (Map.Entry<String, Long> one : wrong()) {
                if (one.getValue() >= until) {
                    start = one.getValue();
                }
                expected.merge(start, 1, Integer::sum);
                until = one.getValue() + EPISODE;
            }
            return expected;
        }

        /** Without those that were taken back as a whole. */
        Map<Long, Integer> said() {
            return alerts.values().stream()
                    .filter(alert -> alert.getMeasured() > 0)
                    .collect(Collectors.toMap(
                            alert -> Duration.between(TEN, alert.getWindowStart())
                                    .toMillis(),
                            alert -> (int) alert.getMeasured(),
                            Integer::sum,
                            TreeMap::new));
        }
    }
}
