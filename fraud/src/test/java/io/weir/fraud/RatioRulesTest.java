package io.weir.fraud;

import static io.weir.fraud.EventBuilder.click;
import static io.weir.fraud.EventBuilder.impression;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.time.StreamClock.Phase;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudAlertStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ratios, from the events of many visitors to the alert of their merchant. */
class RatioRulesTest {

    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int IMPRESSIONS = 600;

    /** What was counted is sent to a merchant's task so often. */
    private static final Duration BETWEEN_SUMS = Duration.ofSeconds(2);

    @TempDir
    private Path state;

    private FraudDriver fraud;
    private int sent;

    @AfterEach
    void close() {
        fraud.close();
    }

    /** 1 % for a day, then 10 %: opened while the hour runs, once, and closed when nothing can change it any more. */
    @Test
    void aJumpIsAnAlertWhileItsHourRuns() {
        start(Phase.LIVE);
        for (int hour = 0; hour < 24; hour++) {
            hour("m-1", hour, 6, IMPRESSIONS);
        }
        assertThat(fraud.alerts("clicks")).isEmpty();

        hour("m-1", 24, 60, IMPRESSIONS);
        fraud.pass(BETWEEN_SUMS);

        assertThat(fraud.alerts("clicks")).singleElement().satisfies(alert -> {
            assertThat(alert.getStatus()).isEqualTo(FraudAlertStatus.OPENED);
            assertThat(alert.getKey()).isEqualTo("m-1");
            assertThat(alert.getWindowStart()).isEqualTo(START.plus(HOUR.multipliedBy(24)));
            assertThat(alert.getThreshold()).isBetween(0.02, 0.1);
            assertThat(alert.getMeasured()).isGreaterThan(alert.getThreshold());
        });
        fraud.pass(HOUR.multipliedBy(3));
        assertThat(fraud.alerts("clicks")).singleElement().satisfies(alert -> {
            assertThat(alert.getStatus()).isEqualTo(FraudAlertStatus.CLOSED);
            assertThat(alert.getMeasured()).isEqualTo(0.1);
        });
    }

    /** Or who changes its severity would see nothing for a day. */
    @Test
    void aNewVersionOfTheRuleHasThePastOfTheOneBefore() {
        start(Phase.LIVE);
        for (int hour = 0; hour < 24; hour++) {
            hour("m-1", hour, 6, IMPRESSIONS);
        }
        fraud.pass(BETWEEN_SUMS);
        fraud.rule(RuleBuilder.clickThrough("click-through").version(2).build());
        fraud.rule(RuleBuilder.clickThrough("click-through").version(3).build());

        hour("m-1", 24, 60, IMPRESSIONS);
        fraud.pass(BETWEEN_SUMS);

        assertThat(fraud.alerts("clicks")).singleElement().satisfies(alert -> {
            assertThat(alert.getVersion()).isEqualTo(3);
            assertThat(alert.getStatus()).isEqualTo(FraudAlertStatus.OPENED);
        });
    }

    @Test
    void aDropAndAMerchantWithoutAPastAreNoAlerts() {
        start(Phase.LIVE);
        for (int hour = 0; hour < 24; hour++) {
            hour("m-1", hour, 30, IMPRESSIONS);
        }

        hour("m-1", 24, 1, IMPRESSIONS);
        hour("m-2", 24, 300, IMPRESSIONS);
        fraud.pass(HOUR.multipliedBy(3));

        assertThat(fraud.alerts("clicks")).isEmpty();
    }

    /** In recorded input hours get their one word at the end, whatever the order of the lines. */
    @Test
    void recordedInputGivesOutWhatIsTooHighInTheEnd() {
        start(Phase.HELD);
        hour("m-1", 24, 60, IMPRESSIONS);
        for (int hour = 23; hour >= 0; hour--) {
            hour("m-1", hour, 6, IMPRESSIONS);
        }
        fraud.pass(Duration.ofSeconds(1));

        fraud.end();

        assertThat(fraud.alerts("clicks"))
                .extracting(FraudAlert::getStatus)
                .containsExactly(FraudAlertStatus.OPENED, FraudAlertStatus.CLOSED);
    }

    private void start(Phase phase) {
        fraud = new FraudDriver(state, phase, START);
        fraud.rule(RuleBuilder.clickThrough("click-through").build());
    }

    private void hour(String merchant, int hour, int clicks, int impressions) {
        Instant at = START.plus(HOUR.multipliedBy(hour));
        for (int i = 0; i < impressions; i++) {
            fraud.event(impression("e" + sent++, "v" + i, at.plusSeconds(i))
                    .merchant(merchant)
                    .build());
            if (i < clicks) {
                fraud.event(click("e" + sent++, "v" + i, at.plusSeconds(i))
                        .merchant(merchant)
                        .build());
            }
        }
        fraud.pass(Duration.ofSeconds(1));
    }
}
