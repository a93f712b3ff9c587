package io.weir.intake.quality;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

class SourceEventTest {

    @Test
    void aBarSeparatesSourceAndEventName() {
        assertThat(new SourceEvent("collector.web", "Order Completed").key())
                .isEqualTo("collector.web|Order Completed");
        assertThat(new SourceEvent("collector.web", "").key()).isEqualTo("collector.web|");
    }

    @Test
    void barsAndPercentSignsInsideAreEscaped() {
        assertThat(new SourceEvent("a", "50% off|now").key()).isEqualTo("a|50%25 off%7Cnow");
    }

    @Property
    void everyKeyLeadsBack(
            @ForAll @Chars({'a', '|', '%', '2', '5', '7', 'C'}) String source,
            @ForAll @Chars({'a', '|', '%', '2', '5', '7', 'C'}) String eventName) {
        SourceEvent about = new SourceEvent(source, eventName);

        assertThat(SourceEvent.of(about.key())).isEqualTo(about);
    }
}
