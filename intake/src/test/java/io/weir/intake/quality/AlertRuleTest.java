package io.weir.intake.quality;

import static io.weir.intake.quality.AlertRule.Change.ENDS;
import static io.weir.intake.quality.AlertRule.Change.NONE;
import static io.weir.intake.quality.AlertRule.Change.STARTS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlertRuleTest {

    private static final AlertRule RULE = new AlertRule(5, 100, 5);

    @Test
    void startsAboveTheThresholdNotAtIt() {
        assertThat(RULE.judge(100, 5, false)).isEqualTo(NONE);
        assertThat(RULE.judge(100, 6, false)).isEqualTo(STARTS);
    }

    @Test
    void fewerMessagesThanTheMinimumAreNotJudged() {
        assertThat(RULE.judge(99, 99, false)).isEqualTo(NONE);
        assertThat(RULE.judge(99, 99, true)).isEqualTo(ENDS);
    }

    @Test
    void lastsWhileTheShareIsAboveAndEndsWhenItIsNot() {
        assertThat(RULE.judge(1_000, 51, true)).isEqualTo(NONE);
        assertThat(RULE.judge(1_000, 50, true)).isEqualTo(ENDS);
        assertThat(RULE.judge(0, 0, true)).isEqualTo(ENDS);
    }

    @Test
    void theWindowEndsWithTheMinuteThatIsJudged() {
        assertThat(RULE.windowMillis()).isEqualTo(300_000);
        assertThat(RULE.firstMinute(600_000)).isEqualTo(360_000);
    }
}
