package io.weir.fraud;

import static io.weir.fraud.EventBuilder.click;
import static io.weir.fraud.EventBuilder.impression;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.core.time.StreamClock.Phase;
import io.weir.schemas.EventKind;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudAlertStatus;
import io.weir.schemas.RuleFault;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More events of one key than are kept, and events that come when nobody expects them any more. */
class LateEventsTest {

    private static final Instant TEN = Instant.parse("2026-05-01T10:00:00Z");
    private static final Duration TICK = Duration.ofMillis(250);
    private static final RuleFault[] SHIPPED = {
        RuleFault.MISSING, RuleFault.TOO_OLD, RuleFault.REPEATED, RuleFault.TOO_SOON
    };

    @TempDir
    private Path state;

    private FraudDriver fraud;

    @AfterEach
    void close() {
        fraud.close();
    }

    private void live() {
        fraud = new FraudDriver(state, Phase.LIVE, TEN);
    }

    private void recorded() {
        fraud = new FraudDriver(state, Phase.HELD, Instant.EPOCH);
    }

    private void clicked(String id, Instant at) {
        fraud.event(click(id, "v", at).of("i").build());
    }

    /** The last verdict on each event. */
    private Map<String, VerdictStatus> verdicts() {
        Map<String, VerdictStatus> last = new TreeMap<>();
        for (Verdict verdict : fraud.verdicts()) {
            last.put(verdict.getEventId(), verdict.getStatus());
        }
        return last;
    }

    private long invalid() {
        return verdicts().values().stream()
                .filter(status -> status == VerdictStatus.INVALID)
                .count();
    }

    /** Each tick lets what was judged be left out before the next comes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void repeatedClicksThatComeLateAreRepeatedLikeOthers(int ticks) {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("again", SHIPPED).build());
        fraud.event(impression("imp", "v", TEN.minusSeconds(5)).of("i").build());
        for (int i = 0; i < 80; i++) {
            clicked("c" + i, TEN.plusSeconds(120 + i));
        }
        fraud.pass(Duration.ofSeconds(60));
        for (int i = 0; i < 80; i++) {
            clicked("late" + i, TEN.plusSeconds(i));
            fraud.pass(TICK.multipliedBy(ticks));
        }
        fraud.pass(Duration.ofSeconds(60));

        assertThat(verdicts()).doesNotContainKey("late0").containsEntry("c0", VerdictStatus.INVALID);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIVE", "HELD"})
    void ofAFloodOfClicksOnNothingEachIsMissing(Phase phase) {
        fraud = new FraudDriver(state, phase, phase == Phase.LIVE ? TEN : Instant.EPOCH);
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING).build());
        for (int i = 0; i < 3_000; i++) {
            clicked("c" + i, TEN.plusMillis(i));
        }
        if (phase == Phase.LIVE) {
            fraud.pass(Duration.ofMinutes(1));
        } else {
            fraud.end();
        }

        assertThat(invalid()).isEqualTo(3_000);
    }

    @Test
    void inARecordingTheOrderOfLinesDecidesNothing() {
        recorded();
        fraud.rule(RuleBuilder.clickAfterImpression("again", RuleFault.REPEATED).build());
        for (int i = 2_000; i > 0; i--) {
            clicked("c" + i, TEN.plusSeconds(i));
        }
        fraud.end();

        assertThat(invalid()).isEqualTo(1_999);
        assertThat(verdicts().get("c1")).isNotEqualTo(VerdictStatus.INVALID);
    }

    @Test
    void whenAnImpressionComesAfterAllItsFirstClickIsValidAgain() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("again", SHIPPED).build());
        for (int i = 0; i < 200; i++) {
            clicked("c" + i, TEN.plusSeconds(2L * i));
            fraud.pass(TICK);
        }
        fraud.pass(Duration.ofSeconds(60));
        fraud.event(impression("imp", "v", TEN.minusSeconds(1)).of("i").build());
        fraud.pass(Duration.ofSeconds(60));

        assertThat(verdicts()).containsEntry("c0", VerdictStatus.CLEARED).containsEntry("c1", VerdictStatus.INVALID);
    }

    @Test
    void whereRepetitionIsNoFaultAllClicksThatAreKeptAreValidAgain() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING).build());
        for (int i = 0; i < 60; i++) {
            clicked("c" + i, TEN.plusSeconds(2L * i));
            fraud.pass(TICK);
        }
        fraud.pass(Duration.ofSeconds(60));
        assertThat(invalid()).isEqualTo(60);
        fraud.event(impression("imp", "v", TEN.minusSeconds(1)).of("i").build());
        fraud.pass(Duration.ofSeconds(60));

        assertThat(verdicts().values()).containsOnly(VerdictStatus.CLEARED);
    }

    /** While an outage is caught up with, or a mirrored cluster is read, events are hours old, all of them. */
    @Test
    void anAlertGrowsByTheWallClockHoweverOldItsEventsAre() {
        fraud = new FraudDriver(state, Phase.LIVE, TEN.plus(Duration.ofHours(6)));
        fraud.rule(RuleBuilder.match("bots", "client.is_bot", EventKind.click).build());
        for (int i = 0; i < 3; i++) {
            fraud.event(click("c" + i, "v", TEN.plusSeconds(i)).bot().build());
        }
        fraud.pass(Duration.ofSeconds(29));
        assertThat(fraud.alerts("clicks")).extracting(FraudAlert::getMeasured).containsExactly(1.0);

        fraud.pass(Duration.ofSeconds(2));
        assertThat(fraud.alerts("clicks"))
                .extracting(FraudAlert::getStatus, FraudAlert::getMeasured)
                .containsExactly(tuple(FraudAlertStatus.UPDATED, 3.0));
    }

    /** Each event by itself is looked at however late: a phone that was away for hours must not be an alert for each. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whatComesHoursLateIsOneAlert(int ticks) {
        live();
        fraud.rule(RuleBuilder.match("bots", "client.is_bot", EventKind.click).build());
        fraud.event(click("now", "w", TEN).build());
        for (int i = 0; i < 40; i++) {
            fraud.event(click("c" + i, "v", TEN.minus(Duration.ofHours(3)).plusMillis(i))
                    .bot()
                    .clock(TEN)
                    .build());
            fraud.pass(TICK.multipliedBy(ticks));
        }
        fraud.pass(Duration.ofMinutes(2));

        List<FraudAlert> alerts = fraud.alerts("clicks");
        assertThat(alerts).hasSizeLessThan(6);
        assertThat(alerts)
                .extracting(FraudAlert::getAlertId)
                .containsOnly(alerts.get(0).getAlertId());
        FraudAlert last = alerts.get(alerts.size() - 1);
        assertThat(last.getStatus()).isEqualTo(FraudAlertStatus.CLOSED);
        assertThat(last.getMeasured()).isEqualTo(40);
    }

    /** Read time reaches what the wall clock said hours later, if ever. */
    @Test
    void anAlertThatGoesOnIsClosedWhenItIsOverHoweverOldItsEventsAre() {
        fraud = new FraudDriver(state, Phase.LIVE, TEN.plus(Duration.ofHours(6)));
        fraud.rule(RuleBuilder.match("bots", "client.is_bot", EventKind.click).build());
        fraud.event(click("c1", "v", TEN).bot().build());
        fraud.event(click("o1", "w", TEN.plus(Duration.ofMinutes(31))).build());
        fraud.pass(Duration.ofSeconds(60));
        fraud.event(click("c2", "v", TEN.plus(Duration.ofMinutes(20))).bot().build());
        fraud.pass(Duration.ofSeconds(40));
        for (int i = 0; i < 20; i++) {
            fraud.event(
                    click("p" + i, "w", TEN.plus(Duration.ofMinutes(32 + i))).build());
            fraud.leap(Duration.ofMinutes(1));
        }

        List<FraudAlert> alerts = fraud.alerts("clicks");
        FraudAlert last = alerts.get(alerts.size() - 1);
        assertThat(last.getMeasured()).isEqualTo(2);
        assertThat(last.getStatus()).isEqualTo(FraudAlertStatus.CLOSED);
    }

    /** What is too late for anything is in no alert that is over, whether its source is behind or not. */
    @ParameterizedTest
    @ValueSource(ints = {0, 6})
    void alertsDoNotDependOnHowLongAfterwardsTheirEventsWereRead(int hours) {
        fraud = new FraudDriver(state, Phase.LIVE, TEN.plus(Duration.ofHours(hours)));
        fraud.rule(RuleBuilder.match("bots", "client.is_bot", EventKind.click).build());
        fraud.event(click("a", "v", TEN).bot().build());
        for (int i = 1; i < 180; i++) {
            fraud.leap(Duration.ofMinutes(1));
            fraud.event(click("p" + i, "w", TEN.plus(Duration.ofMinutes(i))).build());
        }
        fraud.event(click("b", "v", TEN.plus(Duration.ofMinutes(5)))
                .bot()
                .clock(TEN.plus(Duration.ofMinutes(180)))
                .build());
        fraud.pass(Duration.ofMinutes(2));

        assertThat(fraud.alerts("clicks").stream().map(FraudAlert::getAlertId).distinct())
                .hasSize(2);
    }
}
