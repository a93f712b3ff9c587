package io.weir.intake.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.intake.admission.EventLabel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class QualityCountsTest {

    private static final QualityKey KEY = QualityKey.of(0, EventLabel.unread("collector.web"));

    @Test
    void countsWhatTheyAreTold() {
        QualityCounts counts = new QualityCounts();

        counts.accept(false);
        counts.accept(true);
        counts.duplicate();
        counts.refuse("MALFORMED");
        counts.refuse("MALFORMED");
        counts.refuse("TOO_OLD");
        counts.observe("PLAN_VIOLATION");
        counts.report(new ClientHealth(10, 2, 1));
        counts.report(new ClientHealth(5, 0, 3));

        assertThat(counts.accepted()).isEqualTo(2);
        assertThat(counts.late()).isEqualTo(1);
        assertThat(counts.duplicates()).isEqualTo(1);
        assertThat(counts.deadLetters()).isEqualTo(Map.of("MALFORMED", 2L, "TOO_OLD", 1L));
        assertThat(counts.observed()).isEqualTo(Map.of("PLAN_VIOLATION", 1L));
        assertThat(counts.clientSent()).isEqualTo(15);
        assertThat(counts.clientDropped()).isEqualTo(2);
        assertThat(counts.clientRetried()).isEqualTo(4);
        assertThat(counts.total()).isEqualTo(6);
    }

    @Test
    void stopAtTheLargestNumberThereIs() {
        QualityCounts counts = new QualityCounts();

        counts.report(new ClientHealth(Long.MAX_VALUE, 1, 0));
        counts.report(new ClientHealth(Long.MAX_VALUE, 1, 0));

        assertThat(counts.clientSent()).isEqualTo(Long.MAX_VALUE);
        assertThat(counts.clientDropped()).isEqualTo(2);
    }

    @Property(tries = 200)
    void survivesTheWayThroughATopic(@ForAll("steps") List<Integer> steps) {
        QualityCounts counts = counted(steps);

        CountsRecord read = CountsRecord.read(new CountsRecord(KEY, counts).write());

        assertThat(read.key()).isEqualTo(KEY);
        assertThat(bytes(read.counts())).isEqualTo(bytes(counts));
    }

    @Property(tries = 200)
    void theSumIsTheSameHoweverTheMessagesAreSpreadOverTasks(
            @ForAll("steps") List<Integer> steps, @ForAll Random random) {
        List<QualityCounts> parts = new ArrayList<>(List.of(new QualityCounts(), new QualityCounts()));
        for (int step : steps) {
            parts.get(random.nextInt(2)).add(counted(List.of(step)));
        }
        Collections.shuffle(parts, random);

        QualityCounts sum = new QualityCounts();
        parts.forEach(sum::add);

        assertThat(bytes(sum)).isEqualTo(bytes(counted(steps)));
        assertThat(sum.total())
                .isEqualTo(steps.stream().filter(step -> step < 5).count());
    }

    @Provide
    Arbitrary<List<Integer>> steps() {
        return Arbitraries.integers().between(0, 6).list().ofMaxSize(50);
    }

    private static QualityCounts counted(List<Integer> steps) {
        QualityCounts counts = new QualityCounts();
        for (int step : steps) {
            switch (step) {
                case 0 -> counts.accept(false);
                case 1 -> counts.accept(true);
                case 2 -> counts.duplicate();
                case 3 -> counts.refuse("MALFORMED");
                case 4 -> counts.refuse("TOO_OLD");
                case 5 -> counts.observe("PLAN_VIOLATION");
                default -> counts.report(new ClientHealth(3, 2, 1));
            }
        }
        return counts;
    }

    private static byte[] bytes(QualityCounts counts) {
        ByteBuffer out = ByteBuffer.allocate(counts.size());
        counts.write(out);
        assertThat(out.hasRemaining()).isFalse();
        return out.array();
    }
}
