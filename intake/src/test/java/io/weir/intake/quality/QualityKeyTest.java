package io.weir.intake.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.intake.admission.EventLabel;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class QualityKeyTest {

    private static final long MINUTE = Instant.parse("2026-03-01T12:30:00Z").toEpochMilli();

    @Test
    void everyTimeOfAMinuteHasTheSameKey() {
        EventLabel label = new EventLabel("collector.web", "Order Completed", "analytics.js", "4.1.0");

        QualityKey first = QualityKey.of(MINUTE, label);
        QualityKey last = QualityKey.of(MINUTE + 59_999, label);
        QualityKey next = QualityKey.of(MINUTE + 60_000, label);

        assertThat(last).isEqualTo(first).hasSameHashCodeAs(first);
        assertThat(next).isNotEqualTo(first);
        assertThat(first.minute()).isEqualTo(MINUTE);
        assertThat(first.label()).isEqualTo(label);
    }

    @Property(tries = 300)
    void holdsEveryLabel(
            @ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '\ud7ff') String source,
            @ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '\ud7ff') String eventName,
            @ForAll Optional<@StringLength(max = 20) @CharRange(from = 'a', to = 'z') String> library,
            @ForAll Optional<@StringLength(max = 20) @CharRange(from = '0', to = '9') String> version) {
        EventLabel label = new EventLabel(source, eventName, library.orElse(null), version.orElse(null));

        assertThat(QualityKey.of(QualityKey.of(MINUTE, label).bytes()).label()).isEqualTo(label);
    }

    @Property(tries = 300)
    void keysSortByMinute(
            @ForAll @LongRange(min = 0, max = 4_133_980_799_999L) long first,
            @ForAll @LongRange(min = 0, max = 4_133_980_799_999L) long second) {
        EventLabel label = EventLabel.unread("collector.web");
        QualityKey one = QualityKey.of(first, label);
        QualityKey other = QualityKey.of(second, label);

        assertThat(Integer.signum(Arrays.compareUnsigned(one.bytes(), other.bytes())))
                .isEqualTo(Long.compare(one.minute(), other.minute()));
        assertThat(Arrays.compareUnsigned(QualityKey.startOf(one.minute()), one.bytes()))
                .isNegative();
    }

    @Test
    void keepsTheFirst256CharactersOfWhatMayBeAnyLength() {
        String longName = "x".repeat(255) + "\ud83d\ude00" + "y".repeat(100_000);

        EventLabel kept = QualityKey.of(MINUTE, new EventLabel("s", longName, null, "z".repeat(300)))
                .label();

        assertThat(kept).isEqualTo(new EventLabel("s", "x".repeat(255), null, "z".repeat(256)));
    }
}
