package io.weir.fraud;

import static io.weir.fraud.EventBuilder.click;
import static io.weir.fraud.EventBuilder.impression;
import static io.weir.fraud.EventBuilder.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.time.StreamClock.Phase;
import io.weir.schemas.EventKind;
import io.weir.schemas.RuleFault;
import io.weir.schemas.RuleKey;
import io.weir.schemas.RuleKind;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that becomes one of another kind, while what it had seen is still kept. */
class OtherKindTest {

    private static final Instant TEN = Instant.parse("2026-05-01T10:00:00Z");

    private static final Set<RuleKind> KINDS = EnumSet.complementOf(EnumSet.of(RuleKind.UNKNOWN));

    @TempDir
    private Path state;

    static Stream<Arguments> everyChange() {
        return KINDS.stream()
                .flatMap(before -> KINDS.stream()
                        .filter(after -> after != before)
                        .flatMap(after ->
                                Stream.of(Phase.LIVE, Phase.HELD).map(phase -> Arguments.of(before, after, phase))));
    }

    @ParameterizedTest
    @MethodSource("everyChange")
    void whatIsKeptOfTheFormerKindStopsNothing(RuleKind before, RuleKind after, Phase phase) {
        Instant now = phase == Phase.LIVE ? TEN : Instant.EPOCH;
        try (FraudDriver fraud = new FraudDriver(state, phase, now)) {
            fraud.rule(RuleBuilder.match("others", "client.is_bot", EventKind.click)
                    .build());
            fraud.rule(rule(before).version(1).build());
            events(fraud, "before", TEN.plusSeconds(1));
            fraud.rule(rule(after).version(2).build());
            fraud.pass(Duration.ofSeconds(60));
            events(fraud, "after", TEN.plusSeconds(100));
            fraud.pass(Duration.ofHours(5));
            fraud.event(click("bot", "w", TEN.plus(Duration.ofHours(6))).bot().build());
            if (phase == Phase.HELD) {
                fraud.end();
            }

            assertThat(fraud.verdicts())
                    .filteredOn(verdict -> verdict.getEventId().equals("bot"))
                    .extracting(Verdict::getStatus)
                    .containsExactly(VerdictStatus.INVALID);
        }
    }

    /** What each kind keeps something of, and has something due for. */
    private static void events(FraudDriver fraud, String id, Instant at) {
        fraud.event(impression(id + "-i", "v", at).of("shown").build());
        for (int i = 0; i < 3; i++) {
            fraud.event(click(id + i, "v", at.plusMillis(i)).of("i").build());
        }
        fraud.event(token(id + "-t", "v", "no token", "JWS", at));
    }

    private static RuleBuilder rule(RuleKind kind) {
        return switch (kind) {
            case MATCH -> RuleBuilder.match("r", "!client.is_bot", EventKind.click);
            case VELOCITY -> RuleBuilder.clicks("r", RuleKey.VISITOR).limit(1, Duration.ofMinutes(1));
            case SEQUENCE -> RuleBuilder.clickAfterImpression("r", RuleFault.MISSING);
            case RATIO -> RuleBuilder.clickThrough("r");
            case INTEGRITY -> RuleBuilder.token("r", "com.example");
            case UNKNOWN -> throw new IllegalArgumentException("no rule is of no kind");
        };
    }
}
