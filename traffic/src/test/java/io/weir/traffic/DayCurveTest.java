package io.weir.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DayCurveTest {

    @Test
    void theMeanOfADayIsOne() {
        DayCurve curve = DayCurve.of(TrafficSettings.defaults());
        double sum = 0;

        for (int minute = 0; minute < 1440; minute++) {
            sum += curve.factor(minute * 60_000L);
        }

        assertThat(sum / 1440).isCloseTo(1, within(1e-9));
    }

    @Test
    void eveningsAreBusyAndNightsAreQuiet() {
        DayCurve curve = DayCurve.of(TrafficSettings.defaults());

        assertThat(curve.factor(20 * 3_600_000L)).isGreaterThan(5 * curve.factor(4 * 3_600_000L));
    }

    @Test
    void withoutACurveEveryHourIsTheSame() {
        DayCurve curve = DayCurve.of(TrafficSettings.builder().dayCurve(false).build());

        assertThat(curve.factor(20 * 3_600_000L)).isEqualTo(1);
    }
}
