package io.weir.fraud.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.KeptRecords;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.topic.Topics;
import io.weir.fraud.RuleBuilder;
import io.weir.schemas.EventKind;
import io.weir.schemas.FraudRule;
import io.weir.schemas.RuleFault;
import io.weir.schemas.RuleKey;
import io.weir.schemas.RuleMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a task knows of rules, also after it was started again. */
class RuleBookTest {

    private static final Set<EventKind> ALL = Set.of(EventKind.click, EventKind.impression, EventKind.video);
    private static final Set<EventKind> NO_VIDEO = Set.of(EventKind.click, EventKind.impression);
    private static final long NOW = 1_000_000;

    private final AvroSerdes serdes = new AvroSerdes(new SchemaRegistry("mock://rule-book", Map.of(), true));
    private KeyValueStore<Bytes, byte[]> store;

    @BeforeEach
    void open() {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("rules"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
    }

    private RuleBook book(Set<EventKind> read) {
        return new RuleBook(
                store,
                new KeptRecords<>("fraud.rules", serdes.of(Topics.RULES)),
                new KeptRecords<>("fraud.lists", serdes.of(Topics.LISTS)),
                read);
    }

    @Test
    void theHighestVersionCounts() {
        RuleBook book = book(ALL);
        book.put(clicks(2, RuleMode.LIVE, EventKind.click), NOW);
        book.put(clicks(1, RuleMode.OFF, EventKind.click), NOW);

        assertThat(book.on(EventKind.click)).extracting(Rule::version).containsExactly(2L);
        assertThat(book(ALL).on(EventKind.click)).extracting(Rule::version).containsExactly(2L);
    }

    @Test
    void noEarlierVersionTakesThePlaceOfOneThatCannotBeAppliedAnyMore() {
        RuleBook book = book(ALL);
        book.put(clicks(1, RuleMode.LIVE, EventKind.click), NOW);
        book.put(clicks(2, RuleMode.OFF, EventKind.click, EventKind.video), NOW);

        RuleBook restarted = book(NO_VIDEO);

        assertThat(restarted.on(EventKind.click)).isEmpty();
        assertThat(restarted.current("clicks")).isEmpty();
        assertThat(restarted.find("clicks", 1)).isPresent();
    }

    @Test
    void oneThatRestsAndIsDeletedStaysAway() {
        book(ALL).put(clicks(1, RuleMode.LIVE, EventKind.click, EventKind.video), NOW);

        book(NO_VIDEO).removeRule("clicks");

        assertThat(book(ALL).on(EventKind.click)).isEmpty();
    }

    /** Also with the version that it had: no file need know of what was deleted. */
    @Test
    void oneThatWasDeletedBeginsAnewWithWhateverVersion() {
        for (long version : List.of(1L, 2L, 3L, 4L)) {
            open();
            RuleBook book = book(ALL);
            book.put(clicks(2, RuleMode.LIVE, EventKind.click), NOW);
            book.put(clicks(3, RuleMode.LIVE, EventKind.click), NOW);
            book.removeRule("clicks");
            book.removeRule("clicks");
            assertThat(book(ALL).on(EventKind.click)).isEmpty();

            book(ALL).put(clicks(version, RuleMode.LIVE, EventKind.click), NOW);

            assertThat(book(ALL).on(EventKind.click)).extracting(Rule::version).containsExactly(version);
            assertThat(List.of(2L, 3L))
                    .as("known, so that their open alerts are closed")
                    .allSatisfy(
                            known -> assertThat(book(ALL).find("clicks", known)).isPresent());
        }
    }

    @Test
    void queriesSeeTheVersionThatCountsOfEachRuleThatIsThere() {
        RuleBook book = book(ALL);
        book.put(clicks(2, RuleMode.LIVE, EventKind.click), NOW);
        book.put(clicks(1, RuleMode.LIVE, EventKind.click), NOW);
        book.put(ghosts(1, RuleFault.MISSING), NOW);
        RuleReads reads = new RuleReads(store, new KeptRecords<>("fraud.rules", serdes.of(Topics.RULES)));
        assertThat(reads.current())
                .extracting(rule -> rule.getId() + " " + rule.getVersion())
                .containsExactly("clicks 2", "ghosts 1");

        book.removeRule("clicks");
        assertThat(reads.current()).extracting(FraudRule::getId).containsExactly("ghosts");

        book.put(clicks(1, RuleMode.LIVE, EventKind.click), NOW);
        assertThat(reads.current())
                .extracting(rule -> rule.getId() + " " + rule.getVersion())
                .containsExactly("clicks 1", "ghosts 1");
    }

    @Test
    void ofOneThatBeganAnewAHigherVersionThatCouldNotBeAppliedDoesNotComeBack() {
        book(ALL).put(clicks(5, RuleMode.LIVE, EventKind.click, EventKind.video), NOW);
        RuleBook book = book(NO_VIDEO);
        book.removeRule("clicks");
        book.put(clicks(1, RuleMode.LIVE, EventKind.click), NOW);

        assertThat(book(ALL).on(EventKind.click)).extracting(Rule::version).containsExactly(1L);
    }

    @Test
    void theVersionThatCountsIsNotForgottenForHigherOnes() {
        RuleBook book = book(ALL);
        book.put(clicks(100, RuleMode.LIVE, EventKind.click), NOW);
        book.removeRule("clicks");
        book.put(clicks(1, RuleMode.LIVE, EventKind.click), NOW);
        for (int version = 2; version <= 60; version++) {
            book.put(clicks(version, RuleMode.LIVE, EventKind.click), NOW);
        }

        assertThat(book.on(EventKind.click)).extracting(Rule::version).containsExactly(60L);
        assertThat(book(ALL).on(EventKind.click)).extracting(Rule::version).containsExactly(60L);
        assertThat(book.find("clicks", 1)).as("the last fifty are known").isEmpty();
    }

    /** Nobody kept the impressions of the time between: no click on one of them is without. */
    @Test
    void oneThatWasDeletedHasMissedTheTimeBetween() {
        RuleBook book = book(ALL);
        book.put(ghosts(1, RuleFault.MISSING), Long.MIN_VALUE);
        book.removeRule("ghosts");

        book.put(ghosts(2, RuleFault.MISSING), NOW);

        assertThat(book.since("ghosts")).isEqualTo(NOW);
    }

    @Test
    void aRuleThatLooksBackFartherThanBeforeHasMissedThat() {
        RuleBook book = book(ALL);
        book.put(ghosts(1, RuleFault.TOO_SOON), Long.MIN_VALUE);
        assertThat(book.since("ghosts")).isEqualTo(Long.MIN_VALUE);

        book.put(ghosts(2, RuleFault.TOO_OLD, RuleFault.MISSING), NOW);
        assertThat(book.since("ghosts")).isEqualTo(NOW);

        book.put(ghosts(3, RuleFault.MISSING, RuleFault.REPEATED), NOW + 1);
        assertThat(book.since("ghosts")).as("the same memory").isEqualTo(NOW);
        assertThat(book(ALL).since("ghosts")).isEqualTo(NOW);
    }

    @Test
    void anEarlierVersionThatComesAgainChangesNothing() {
        RuleBook book = book(ALL);
        book.put(ghosts(2, RuleFault.MISSING), Long.MIN_VALUE);

        book.put(ghosts(1, RuleFault.TOO_OLD, RuleFault.MISSING), NOW);

        assertThat(book.since("ghosts")).isEqualTo(Long.MIN_VALUE);
        assertThat(book.on(EventKind.click)).extracting(Rule::version).containsExactly(2L);
    }

    @Test
    void aRuleThatWasOfAnotherKindHasKeptNothing() {
        RuleBook book = book(ALL);
        book.put(clicks(1, RuleMode.LIVE, EventKind.click), Long.MIN_VALUE);

        book.put(
                RuleBuilder.clickAfterImpression("clicks", RuleFault.MISSING)
                        .version(2)
                        .build(),
                NOW);

        assertThat(book.since("clicks")).isEqualTo(NOW);
    }

    @Test
    void aTaskKnowsAfterARestartThatItHasSeenEvents() {
        RuleBook book = book(ALL);
        assertThat(book.isStarted()).isFalse();

        book.start();

        assertThat(book.isStarted()).isTrue();
        assertThat(book(ALL).isStarted()).isTrue();
    }

    /** However many rules there are on other kinds, an event is shown to none of them; and none is compiled again for it. */
    @Test
    void anEventIsShownTheRulesOnItsKindAsTheyWereCompiled() {
        RuleBook book = book(ALL);
        book.put(clicks(1, RuleMode.LIVE, EventKind.click), NOW);
        for (int i = 0; i < 500; i++) {
            book.put(
                    RuleBuilder.match("video-" + i, "client.is_bot", EventKind.video)
                            .build(),
                    NOW);
        }

        assertThat(book.on(EventKind.click)).hasSize(1);
        assertThat(book.on(EventKind.impression)).isEmpty();
        assertThat(book.on(EventKind.video)).hasSize(500);
        assertThat(book.on(EventKind.click).get(0))
                .isSameAs(book.on(EventKind.click).get(0))
                .isSameAs(book.find("clicks", 1).orElseThrow());
    }

    /** They would be ignored, or judge events that their author did not mean. */
    @Test
    void partsOfAnotherKindAreRefused() {
        assertThatThrownBy(() -> Rule.of(
                        RuleBuilder.match("m", "client.is_bot", EventKind.click)
                                .limit(5, Duration.ofMinutes(1))
                                .build(),
                        ALL))
                .hasMessage("limits, measure, measured, include_before: expected none, since they are of a velocity");
        FraudRule sequence = FraudRule.newBuilder(clicks(1, RuleMode.LIVE, EventKind.click))
                .setSequence(ghosts(1, RuleFault.MISSING).getSequence())
                .build();
        assertThatThrownBy(() -> Rule.of(sequence, ALL)).hasMessage("sequence: expected none, since this is not one");
        FraudRule ratio = FraudRule.newBuilder(clicks(1, RuleMode.LIVE, EventKind.click))
                .setRatio(RuleBuilder.clickThrough("r").build().getRatio())
                .build();
        assertThatThrownBy(() -> Rule.of(ratio, ALL)).hasMessage("ratio: expected none, since this is not one");
        FraudRule integrity = FraudRule.newBuilder(clicks(1, RuleMode.LIVE, EventKind.click))
                .setIntegrity(RuleBuilder.token("t", "p").build().getIntegrity())
                .build();
        assertThatThrownBy(() -> Rule.of(integrity, ALL))
                .hasMessage("integrity: expected none, since this is not about tokens");
    }

    private static FraudRule clicks(long version, RuleMode mode, EventKind... on) {
        FraudRule rule = RuleBuilder.clicks("clicks", RuleKey.VISITOR)
                .limit(3, Duration.ofMinutes(1))
                .version(version)
                .mode(mode)
                .build();
        rule.setOn(List.of(on));
        return rule;
    }

    private static FraudRule ghosts(long version, RuleFault... faults) {
        return RuleBuilder.clickAfterImpression("ghosts", faults)
                .version(version)
                .build();
    }
}
