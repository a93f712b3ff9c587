package io.weir.fraud.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.schemas.EventKind;
import io.weir.schemas.RuleRatio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioTest {

    private static final long LATENESS = Duration.ofHours(1).toMillis();
    private static final RuleRatio TERMS = new RuleRatio(EventKind.click, EventKind.impression, 3.5, 500L, 24);
    private static final Ratio RATIO = new Ratio(TERMS, LATENESS);

    /** The hour that is judged; its history ends before it. */
    private static final long HOUR = 500_000;

    /**
     * After a day of 10 clicks in 1 000 impressions each hour: median 0.01, MAD 0. The seven stretches are 3, 3, 4, 3, 4, 3 and
     * 4 hours: four have 30.5 / 3 001 = 0.010163, three 40.5 / 4 001 = 0.010122, so the share is 0.010163.
     *
     * <p>1 000: the scale is √(0.01 · 0.99 / 1 000) = 0.0031464, and 0.01 + 3.5 scales are 21.01 clicks. By chance: 10.1633
     * expected, deviation √(10.1633 · 0.98984) = 3.17173, skewness (1 − 0.020327) / 3.17173 = 0.30888, 3.5 + 11.25 · 0.30888 / 6 =
     * 4.07914 deviations, 23.10 clicks.
     *
     * <p>100 000: 1 000 + 3.5 · 31.464 = 1 110.1; by chance 1 016.33 + 31.7173 · (3.5 + 11.25 · 0.030888 / 6) = 1 129.2.
     */
    @ParameterizedTest
    @CsvSource({
        "23,    1000,   false",
        "24,    1000,   true",
        "100,   1000,   true",
        "1,     1000,   false",
        "0,     1000,   false",
        "1129,  100000, false",
        "1130,  100000, true",
    })
    void aRatioIsTooHighAboveItsHistoryAndChance(long clicks, long impressions, boolean tooHigh) {
        Hours hours = steady(24, 10, 1_000);
        hours.add(HOUR, clicks, impressions);

        assertThat(last(hours).isTooHigh()).isEqualTo(tooHigh);
    }

    @Test
    void aJudgementSaysHowItCameAbout() {
        Hours hours = steady(24, 10, 1_000);
        hours.add(HOUR, 100, 1_000);

        Judgement judgement = last(hours);

        assertThat(judgement.hour()).isEqualTo(HOUR);
        assertThat(judgement.start()).isEqualTo(HOUR * 3_600_000);
        assertThat(judgement.of()).isEqualTo(100);
        assertThat(judgement.among()).isEqualTo(1_000);
        assertThat(judgement.median()).isEqualTo(0.01);
        assertThat(judgement.ratio()).isEqualTo(0.1);
        assertThat(judgement.scale()).isCloseTo(0.00314643, within(1e-8));
        assertThat(judgement.robustZ()).isCloseTo(28.6039, within(1e-4));
        assertThat(judgement.threshold()).isCloseTo(0.0231013, within(1e-7));
        assertThat(judgement.last()).isTrue();
    }

    /**
     * 12 hours at 9 %, 12 at 11 %: median 10 %, all 1 % from it, so the scale is 0.014826, five times the binomial one. Of
     * 10 000, 0.1 + 3.5 · 0.014826 = 0.151891: z of 1 518 is 3.494, of 1 519 3.501.
     */
    @ParameterizedTest
    @CsvSource({"1518, false", "1519, true"})
    void anUnsteadyRatioMayVaryAsItUsedTo(long clicks, boolean tooHigh) {
        Hours hours = new Hours();
        for (int i = 1; i <= 24; i++) {
            hours.add(HOUR - i, i % 2 == 0 ? 90 : 110, 1_000);
        }
        hours.add(HOUR, clicks, 10_000);

        assertThat(last(hours).scale()).isCloseTo(0.014826, within(1e-12));
        assertThat(last(hours).isTooHigh()).isEqualTo(tooHigh);
    }

    /** A half of 2^14: the scale is 2^-8 to the last digit, and 8 416 are 3.5 scales above 8 192; a half has no skewness. */
    @ParameterizedTest
    @CsvSource({"8416, false", "8417, true"})
    void zMustBeAboveTheLimit(long clicks, boolean tooHigh) {
        Hours hours = steady(24, 500, 1_000);
        hours.add(HOUR, clicks, 16_384);

        assertThat(last(hours).threshold()).isEqualTo(0.5 + 7.0 / 512);
        assertThat(last(hours).isTooHigh()).isEqualTo(tooHigh);
    }

    /**
     * Nobody ever clicked: the share of a stretch of three hours is 0.5 / 3 001 = 0.00016661. Of 1 000 impressions 0.16661 are
     * expected, deviation 0.408146, skewness 2.449286, 8.092411 deviations: 3.4695 clicks.
     */
    @ParameterizedTest
    @CsvSource({"3, false", "4, true"})
    void whereNobodyEverClickedAFewClicksAreTooMany(long clicks, boolean tooHigh) {
        Hours hours = steady(24, 0, 1_000);
        hours.add(HOUR, clicks, 1_000);

        assertThat(last(hours).median()).isZero();
        assertThat(last(hours).threshold()).isCloseTo(0.00346950, within(1e-8));
        assertThat(last(hours).isTooHigh()).isEqualTo(tooHigh);
    }

    /** Each purchases twice: of 10 000 clicks 20 000 are expected, by Poisson 141.4 more or less; 3.5 times and skewness 497. */
    @ParameterizedTest
    @CsvSource({"20490, false", "20510, true"})
    void whatIsNoShareIsJudgedAsARate(long purchases, boolean tooHigh) {
        Hours hours = steady(168, 20_000, 10_000);
        hours.add(HOUR, purchases, 10_000);

        assertThat(last(hours).isTooHigh()).isEqualTo(tooHigh);
    }

    @Test
    void aKeyWithLessThanADayOfHistoryIsNotJudged() {
        Hours young = steady(23, 10, 1_000);
        Hours old = steady(24, 10, 1_000);
        young.add(HOUR, 1_000, 1_000);
        old.add(HOUR, 1_000, 1_000);

        assertThat(RATIO.complete(young, Long.MAX_VALUE)).isEmpty();
        assertThat(RATIO.complete(new Hours(), Long.MAX_VALUE)).isEmpty();
        assertThat(last(old).isTooHigh()).isTrue();
    }

    /** A tenth of 500 is 50. */
    @Test
    void anHourOfVeryLittleIsNoHistory() {
        Hours little = steady(24, 1, 49);
        Hours enough = steady(24, 1, 50);
        little.add(HOUR, 500, 500);
        enough.add(HOUR, 500, 500);

        assertThat(RATIO.complete(little, Long.MAX_VALUE)).isEmpty();
        assertThat(last(enough).isTooHigh()).isTrue();
    }

    @Test
    void historyIsTheWeekBefore() {
        Hours hours = new Hours();
        for (int i = 1; i <= 23; i++) {
            hours.add(HOUR - i, 10, 1_000);
        }
        hours.add(HOUR - 169, 10, 1_000);
        hours.add(HOUR, 500, 500);

        assertThat(RATIO.complete(hours, Long.MAX_VALUE)).isEmpty();
        hours.add(HOUR - 168, 10, 1_000);
        assertThat(last(hours).isTooHigh()).isTrue();
    }

    @Test
    void anHourWithTooLittleIsNotJudged() {
        Hours hours = steady(24, 10, 1_000);
        hours.add(HOUR, 499, 499);

        assertThat(RATIO.complete(hours, Long.MAX_VALUE)).isEmpty();
        hours.add(HOUR, 0, 1);
        assertThat(last(hours).isTooHigh()).isTrue();
    }

    /** Every tenth impression is clicked where one in a hundred was: found with the 500th, at which 49 clicks are known. */
    @Test
    void aTenfoldJumpIsFoundAsSoonAsThereIsEnough() {
        Hours hours = steady(24, 10, 1_000);

        List<Judgement> judgements = fill(hours, 10);

        assertThat(judgements).allMatch(Judgement::isTooHigh).noneMatch(Judgement::last);
        assertThat(judgements.get(0).among()).isEqualTo(500);
        assertThat(judgements.get(0).of()).isEqualTo(49);
        // z² = 12.25 + 2 ln 4, 5.0816 expected and 4.89678 deviations of 2.24276: 16.0640 of 500.
        assertThat(judgements.get(0).threshold()).isCloseTo(0.0321279, within(1e-7));
    }

    @Test
    void aTenfoldDropIsNothing() {
        Hours hours = steady(24, 100, 1_000);

        assertThat(fill(hours, 100)).isNotEmpty().noneMatch(Judgement::isTooHigh);
        assertThat(last(hours).isTooHigh()).isFalse();
    }

    /**
     * Without impressions, too: of 2 000 with 1 % 20.04 clicks are expected, deviation 4.4543, skewness 0.22; z² = 12.25 + 2 ln 24,
     * so 42.13 are the most. The first round number above is 48.
     */
    @Test
    void aFloodOfClicksIsFoundAtItsNextRoundNumber() {
        Hours hours = steady(168, 10, 1_000);
        hours.add(HOUR, 20, 2_000);

        List<Judgement> flood = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            flood.addAll(RATIO.count(hours, EventKind.click, Hours.start(HOUR)));
        }

        assertThat(flood).extracting(Judgement::of).containsExactly(24L, 28L, 32L, 40L, 48L, 56L);
        assertThat(flood).extracting(Judgement::isTooHigh).containsExactly(false, false, false, false, true, true);
    }

    /** Half of the history is the most: the median of 24 hours, 11 of them tenfold, is still that of the others. */
    @ParameterizedTest
    @CsvSource({"11, true", "13, false"})
    void aFraudThatGoesOnIsFoundForHalfOfTheHistory(int tenfold, boolean tooHigh) {
        Hours hours = new Hours();
        for (int i = 1; i <= 24; i++) {
            hours.add(HOUR - i, i <= tenfold ? 100 : 10, 1_000);
        }
        hours.add(HOUR, 100, 1_000);

        assertThat(last(hours).isTooHigh()).isEqualTo(tooHigh);
    }

    @Test
    void aLargeFraudWhileHistoryWasGatheredHidesNothingLater() {
        Hours hours = steady(24, 10, 1_000);
        hours.add(HOUR - 5, 500_000, 1_000_000);
        hours.add(HOUR, 100, 1_000);

        assertThat(last(hours).isTooHigh()).isTrue();
    }

    @Test
    void anHourIsCompleteTheLatenessAfterItsEnd() {
        Hours hours = steady(24, 10, 1_000);
        hours.add(HOUR, 100, 1_000);
        long complete = Hours.start(HOUR + 1) + LATENESS;

        assertThat(RATIO.completeAt(HOUR)).isEqualTo(complete);
        assertThat(RATIO.complete(hours, complete - 1)).isEmpty();
        assertThat(RATIO.complete(hours, complete)).extracting(Judgement::hour).containsExactly(HOUR);
        assertThat(RATIO.forgottenAt(hours))
                .isEqualTo(complete + Duration.ofDays(7).toMillis());
    }

    @Test
    void laterEventsGiveAnHourItsLastJudgement() {
        Hours hours = steady(24, 10, 1_000);
        hours.add(HOUR, 100, 1_000);

        assertThat(RATIO.count(hours, EventKind.impression, Hours.start(HOUR + 1)))
                .isEmpty();
        List<Judgement> judgements = RATIO.count(hours, EventKind.impression, Hours.start(HOUR + 2));

        assertThat(judgements)
                .containsExactly(History.of(hours, HOUR, TERMS).orElseThrow().judge(HOUR, 100, 1_000, 3.5, true));
    }

    @Test
    void otherKindsDoNotCount() {
        Hours hours = new Hours();

        assertThat(RATIO.count(hours, EventKind.video, 0)).isEmpty();
        assertThat(hours.isEmpty()).isTrue();
    }

    private static Hours steady(int count, long of, long among) {
        Hours hours = new Hours();
        for (int i = 1; i <= count; i++) {
            hours.add(HOUR - i, of, among);
        }
        return hours;
    }

    /** 1 000 impressions, a click after each so many. */
    private static List<Judgement> fill(Hours hours, int each) {
        List<Judgement> judgements = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            judgements.addAll(RATIO.count(hours, EventKind.impression, Hours.start(HOUR) + i));
            if (i % each == 0) {
                judgements.addAll(RATIO.count(hours, EventKind.click, Hours.start(HOUR) + i));
            }
        }
        judgements.removeIf(one -> one.hour() != HOUR || one.last());
        return judgements;
    }

    private static Judgement last(Hours hours) {
        List<Judgement> judgements = RATIO.complete(hours, Long.MAX_VALUE);
        assertThat(judgements).isNotEmpty();
        return judgements.get(judgements.size() - 1);
    }
}
