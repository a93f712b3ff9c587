package io.weir.adspend.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.adspend.budget.CapStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveCapTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // caps,    valid before each,  effective
                "10,        0,       10",
                "10 50,     0 10,    50",
                "10 50 5,   0 10 30, 30",
                "10 50 5,   0 10 80, 50",
                "10 50 5,   0 10 3,  5",
                "10 5 50,   0 10 90, 50",
                // A cap that is said again changes nothing.
                "50 5 5,    0 30 90, 30",
                "none 10,   0 103,   103",
                "none 10,   0 3,     10",
                "10 none,   0 103,   none",
                "10 none 5, 0 0 700, 700",
                "0,         0,       0",
                "10 0,      0 4,     4",
            })
    void aCutNeverGoesBelowWhatWasSpentAndARaiseCountsForTheWholeDay(String caps, String before, String effective) {
        String[] spent = before.split(" ", -1);
        List<CapStep> steps = new ArrayList<>();
        for (String cap : caps.split(" ", -1)) {
            steps.add(new CapStep(steps.size(), "none".equals(cap) ? null : Long.valueOf(cap)));
        }

        long nanos = EffectiveCap.nanos(steps, change -> Long.parseLong(spent[change]) * 1_000);

        assertThat(nanos)
                .isEqualTo("none".equals(effective) ? EffectiveCap.UNCAPPED : Long.parseLong(effective) * 1_000);
    }

    @Test
    void aDayThatNoBudgetCoversHasNoCap() {
        assertThat(EffectiveCap.nanos(List.of(), change -> 0)).isEqualTo(EffectiveCap.UNCAPPED);
    }

    @Test
    void aCapThatNanosCannotExpressIsNone() {
        assertThat(EffectiveCap.nanos(List.of(new CapStep(0, Long.MAX_VALUE)), change -> 0))
                .isEqualTo(EffectiveCap.UNCAPPED);
    }
}
