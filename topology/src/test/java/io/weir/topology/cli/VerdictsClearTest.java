package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.topic.Topics;
import io.weir.schemas.EventKind;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictStatus;
import io.weir.schemas.VerdictSubject;
import io.weir.topology.cli.ControlBroker.Written;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code weir verdicts clear} against a real broker. */
class VerdictsClearTest {

    private static final Instant TEN = Instant.parse("2026-05-01T10:00:00Z");

    private static ControlBroker broker;

    @BeforeAll
    static void start() {
        broker = new ControlBroker("mock://verdicts-clear");
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void anEventIsClearedOfEveryRuleOrOfOne() {
        broker.prepare("a.", Topics.VERDICTS);
        broker.write(
                "a.", Topics.VERDICTS, List.of(verdict("c-1", "m-1"), verdict("c-2", "m-2")), Verdict::getMerchantId);

        Output every = broker.weir("a.", "verdicts", "clear", "--event", "c-1");
        Output one = broker.weir("a.", "verdicts", "clear", "--event", "c-2", "--rule", "ghosts");

        assertThat(every)
                .isEqualTo(new Output(
                        0,
                        "event c-1 of m-1 cleared of every rule, written to a.fraud.verdicts; its bill stays as it is, since it occurred longer ago than weir.adspend.lateness%n"
                                .formatted(),
                        ""));
        assertThat(one.exitCode()).isZero();
        List<Verdict> cleared = broker.read("a.", Topics.VERDICTS).stream()
                .map(Written::value)
                .filter(Verdict::getByHand)
                .toList();
        assertThat(cleared).hasSize(2);
        assertThat(cleared).extracting(Verdict::getRule).containsExactlyInAnyOrder("*", "ghosts");
        assertThat(cleared).allSatisfy(verdict -> {
            assertThat(verdict.getStatus()).isEqualTo(VerdictStatus.CLEARED);
            assertThat(verdict.getVisitorId()).isEqualTo("v");
            assertThat(verdict.getOccurredAt()).isEqualTo(TEN);
            assertThat(verdict.getDecidedAt()).isAfter(TEN);
        });
        assertThat(broker.read("a.", Topics.VERDICTS)).extracting(Written::key).containsOnly("m-1", "m-2");
    }

    @Test
    void ofWhatCanStillBeBilledNothingMoreIsSaid() {
        broker.prepare("d.", Topics.VERDICTS);
        Verdict recent = Verdict.newBuilder(verdict("c-3", "m-3"))
                .setOccurredAt(Instant.now().minusSeconds(3_600))
                .build();
        broker.write("d.", Topics.VERDICTS, List.of(recent), Verdict::getMerchantId);

        assertThat(broker.weir("d.", "verdicts", "clear", "--event", "c-3", "--rule", "ghosts"))
                .isEqualTo(new Output(
                        0, "event c-3 of m-3 cleared of rule ghosts, written to d.fraud.verdicts%n".formatted(), ""));
        assertThat(broker.weir("d.", "verdicts", "clear", "--event", "c-3", "--rule", "gosts")
                        .err())
                .isEqualTo(
                        "weir: There is no verdict of rule gosts on event \"c-3\" in the last days: nothing was cleared.%n"
                                .formatted());
    }

    @Test
    void aVisitorIsCleared() {
        broker.prepare("b.", Topics.VISITOR_VERDICTS);

        Output output = broker.weir("b.", "verdicts", "clear", "--visitor", "v-7");

        assertThat(output.exitCode()).isZero();
        assertThat(broker.read("b.", Topics.VISITOR_VERDICTS)).singleElement().satisfies(written -> {
            assertThat(written.key()).isEqualTo("v-7");
            assertThat(written.value().getSubject()).isEqualTo(VerdictSubject.VISITOR);
            assertThat(written.value().getStatus()).isEqualTo(VerdictStatus.CLEARED);
            assertThat(written.value().getByHand()).isTrue();
        });
    }

    @Test
    void anEventWithoutVerdictIsNamed() {
        broker.prepare("c.", Topics.VERDICTS);

        assertThat(broker.weir("c.", "verdicts", "clear", "--event", "gone"))
                .isEqualTo(new Output(
                        1,
                        "",
                        "weir: There is no verdict on event \"gone\" in the last days: nothing was cleared.%n"
                                .formatted()));
    }

    @Test
    void eitherAnEventOrAVisitor() {
        assertThat(Output.of("verdicts", "clear").exitCode()).isEqualTo(2);
        assertThat(Output.of("verdicts", "clear", "--event", "a", "--visitor", "b")
                        .exitCode())
                .isEqualTo(2);
    }

    private static Verdict verdict(String event, String merchant) {
        return new Verdict(
                VerdictSubject.EVENT,
                event,
                "v",
                merchant,
                null,
                EventKind.click,
                TEN,
                VerdictStatus.INVALID,
                "ghosts",
                1L,
                false,
                TEN);
    }
}
