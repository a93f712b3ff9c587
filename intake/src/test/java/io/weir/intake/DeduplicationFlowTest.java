package io.weir.intake;

import static io.weir.intake.IntakeHarness.APP;
import static io.weir.intake.IntakeHarness.START;
import static io.weir.intake.RawLine.page;
import static io.weir.intake.RawLine.track;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DeduplicationFlowTest {

    private static final String[] BESIDE = {
        "weir.intake.sources[1].topic", APP,
        "weir.intake.sources[1].format", "segment-json",
        "weir.intake.sources[1].keyed-by", "visitor",
        "weir.intake.hop-partitions", "1"
    };

    @Test
    void theSameLogTwiceIsTheSameEventsOnce() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            List<RawLine> log = log(200);

            intake.sendAll(log);
            List<String> first = ids(intake.events());
            intake.sendAll(log);

            assertThat(first).hasSize(200);
            assertThat(intake.events()).isEmpty();
            intake.advance(Duration.ofSeconds(1));
            assertThat(intake.counted("accepted")).isEqualTo(200);
            assertThat(intake.counted("duplicate")).isEqualTo(200);
        }
    }

    @Test
    void anyOrderOfEventsAndCopiesLetsEachThroughOnce() {
        for (int seed = 0; seed < 5; seed++) {
            try (IntakeHarness intake = IntakeHarness.live()) {
                List<RawLine> log = log(40);
                List<RawLine> shuffled = new ArrayList<>(log);
                shuffled.addAll(log);
                shuffled.addAll(log.subList(0, 10));
                Collections.shuffle(shuffled, new Random(seed));

                intake.sendAll(shuffled);

                Set<String> expected = new TreeSet<>();
                log.forEach(line -> expected.add(line.messageId()));
                assertThat(ids(intake.events())).hasSize(40).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    @Test
    void anEventIdBelongsToItsVisitor() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            intake.send(page("e-1", "v-1"));
            intake.send(page("e-1", "v-2"));
            intake.send(track("Wishlist Opened", "e-1", "v-1"));

            assertThat(intake.events()).extracting(Event::getVisitorId).containsExactly("v-1", "v-2");
        }
    }

    @Test
    void aCopyIsKnownAgainUpToTheWholeMemoryAndNotOneMillisecondLonger() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            Duration memory = Duration.ofDays(3).plusMinutes(5);
            intake.send(page("e-1", "v-1").at(START));
            intake.send(page("e-2", "v-1").at(START));

            intake.leap(memory);
            intake.send(page("e-1", "v-1").at(START.plus(memory)));
            intake.send(page("e-2", "v-1").at(START.plus(memory).plusMillis(1)));

            assertThat(ids(intake.events())).containsExactly("e-1", "e-2", "e-2");
        }
    }

    @Test
    void aCopyFromAnotherSourceIsADuplicateWithOrWithoutTheHop() {
        try (IntakeHarness intake = IntakeHarness.live(BESIDE)) {
            intake.send(page("e-1", "v-1"));
            intake.send(page("e-1", "v-1").to(APP).keyed("v-1"));
            intake.send(page("e-2", "v-1").to(APP).keyed("v-1"));
            intake.send(page("e-2", "v-1"));

            assertThat(intake.events())
                    .extracting(e -> e.getOrigin().getTopic() + " " + e.getEventId())
                    .containsExactlyInAnyOrder("collector.web e-1", "collector.app e-2");
        }
    }

    @Test
    void aSourceKeyedByVisitorNeedsNoHop() {
        try (IntakeHarness intake = IntakeHarness.live("weir.intake.sources[0].keyed-by", "visitor")) {
            intake.send(page("e-1", "v-1").keyed("v-1"));
            intake.send(page("e-1", "v-1").keyed("v-1"));
            intake.send(page("e-2", null).keyed("v-1"));
            intake.advance(Duration.ofSeconds(1));

            assertThat(ids(intake.events())).containsExactly("e-1");
            assertThat(intake.counted("accepted")).isEqualTo(1);
            assertThat(intake.counted("duplicate")).isEqualTo(1);
            assertThat(intake.counted("dead-letter")).isEqualTo(1);
            assertThat(intake.driver().producedTopicNames())
                    .doesNotContain("weir-intake-intake-by-visitor-repartition");
        }
    }

    private static List<RawLine> log(int events) {
        List<RawLine> log = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            String visitor = "v-" + i % 7;
            RawLine line = i % 3 == 0 ? track("Wishlist Opened", "e-" + i, visitor) : page("e-" + i, visitor);
            log.add(line.at(START.minusSeconds(i * 61L % 3_000)));
        }
        return log;
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(Event::getEventId).toList();
    }
}
