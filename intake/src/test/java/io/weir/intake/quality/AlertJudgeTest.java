package io.weir.intake.quality;

import static io.weir.schemas.AlertStatus.ENDED;
import static io.weir.schemas.AlertStatus.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.intake.admission.EventLabel;
import io.weir.schemas.QualityAlert;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertJudgeTest {

    private static final AlertRule RULE = new AlertRule(5, 100, 5);
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int MANY = 10_000;

    @TempDir
    Path directory;

    private final List<QualityAlert> alerts = new ArrayList<>();
    private KeyValueStore<Bytes, byte[]> totalsStore;
    private KeyValueStore<byte[], byte[]> alertStore;
    private QualityTotals totals;
    private AlertJudge judge;

    @BeforeEach
    void open() {
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
        totalsStore = opened(QualityTotals.builder(), context);
        alertStore = opened(AlertBook.builder(), context);
        restart();
    }

    @AfterEach
    void close() {
        totalsStore.close();
        alertStore.close();
    }

    @Test
    void allLibrariesAndVersionsOfAnEventAreJudgedTogether() {
        count(0, "click", "1.0", 90, 0);
        count(0, "click", "2.0", 0, 10);
        count(0, "page_view", "1.0", 100, 0);

        judgeUpTo(0);

        assertThat(alerts)
                .extracting(QualityAlert::getEventName, QualityAlert::getStatus, QualityAlert::getTotal)
                .containsExactly(tuple("click", STARTED, 100L));
    }

    @Test
    void aRestartRepeatsNeitherStartNorEnd() {
        count(0, "click", "1.0", 50, 50);
        judgeUpTo(0);

        restart();
        judgeUpTo(1);
        restart();
        judgeUpTo(6);
        restart();
        judgeUpTo(8);

        assertThat(alerts)
                .extracting(QualityAlert::getStatus, QualityAlert::getStartedAt, QualityAlert::getEndedAt)
                .containsExactly(tuple(STARTED, at(1), null), tuple(ENDED, at(1), at(6)));
    }

    @Test
    void aLongTimeWithoutMessagesIsSkipped() {
        count(0, "click", "1.0", 50, 50);
        count(5_000_000, "click", "1.0", 50, 50);

        boolean all = judge.judgeUpTo(minute(5_000_000), 20, alerts::add);

        assertThat(all).isTrue();
        assertThat(alerts)
                .extracting(QualityAlert::getStatus, QualityAlert::getStartedAt)
                .containsExactly(tuple(STARTED, at(1)), tuple(ENDED, at(1)), tuple(STARTED, at(5_000_001)));
    }

    @Test
    void stopsWhenItsStepIsOverAndGoesOnNextTime() {
        count(0, "click", "1.0", 50, 50);
        count(7, "page_view", "1.0", 50, 50);

        assertThat(judge.judgeUpTo(minute(7), 3, alerts::add)).isFalse();
        assertThat(judge.judgeUpTo(minute(7), MANY, alerts::add)).isTrue();

        assertThat(alerts)
                .extracting(QualityAlert::getEventName, QualityAlert::getStatus)
                .containsExactly(tuple("click", STARTED), tuple("click", ENDED), tuple("page_view", STARTED));
    }

    @Test
    void totalsThatWereGivenOutBeforeARestartAreNotGivenOutAgain() {
        count(0, "click", "1.0", 1, 0);
        count(1, "click", "1.0", 2, 0);
        assertThat(givenOut(1, MANY)).containsExactly(1L);

        restart();
        assertThat(givenOut(2, MANY)).containsExactly(2L);

        count(0, "click", "1.0", 4, 0);
        restart();
        assertThat(givenOut(2, MANY)).containsExactly(5L);
    }

    @Test
    void whatIsAskedOfSomeTimeIsTheSumOfItsMinutes() {
        count(0, "b", "1.0", 1, 2);
        count(0, "a", "1.0", 3, 0);
        count(1, "a", "2.0", 4, 1);
        count(2, "a", "1.0", 100, 0);
        QualityReads reads = new QualityReads(totalsStore);
        SourceEvent a = new SourceEvent("collector.web", "a");
        SourceEvent b = new SourceEvent("collector.web", "b");

        SortedMap<SourceEvent, QualityCounts> both = reads.between(minute(0) + 1, minute(2));
        assertThat(both.keySet()).containsExactly(a, b);
        assertThat(both.get(a).accepted()).isEqualTo(7);
        assertThat(both.get(a).total()).isEqualTo(8);
        assertThat(both.get(b).deadLetters()).containsExactly(Map.entry("MALFORMED", 2L));

        assertThat(reads.between(minute(1), minute(1) + 1).keySet()).containsExactly(a);
        assertThat(reads.between(minute(3), minute(9))).isEmpty();
        assertThat(reads.between(0, Long.MAX_VALUE / 2).get(a).accepted()).isEqualTo(107);
    }

    @Test
    void totalsAreGivenOutInSteps() {
        count(0, "a", "1.0", 1, 0);
        count(0, "b", "1.0", 2, 0);
        count(0, "c", "1.0", 3, 0);

        assertThat(givenOut(1, 2)).containsExactly(1L, 2L);
        assertThat(givenOut(1, 2)).containsExactly(3L);
        assertThat(givenOut(1, 2)).isEmpty();
    }

    private void restart() {
        totals = new QualityTotals(totalsStore, 0);
        judge = new AlertJudge(RULE, totals, new AlertBook(alertStore));
    }

    private void count(long minute, String eventName, String version, int accepted, int refused) {
        QualityCounts counts = new QualityCounts();
        for (int i = 0; i < accepted; i++) {
            counts.accept(false);
        }
        for (int i = 0; i < refused; i++) {
            counts.refuse("MALFORMED");
        }
        EventLabel label = new EventLabel("collector.web", eventName, "analytics.js", version);
        totals.add(new CountsRecord(QualityKey.of(minute(minute), label), counts), 0);
    }

    private void judgeUpTo(long minute) {
        assertThat(judge.judgeUpTo(minute(minute), MANY, alerts::add)).isTrue();
    }

    private List<Long> givenOut(long beforeMinute, int most) {
        List<Long> accepted = new ArrayList<>();
        totals.giveOut(minute(beforeMinute), most, (key, counts) -> accepted.add(counts.accepted()));
        return accepted;
    }

    private static long minute(long number) {
        return START.toEpochMilli() + number * AlertRule.MINUTE;
    }

    private static Instant at(long minute) {
        return Instant.ofEpochMilli(minute(minute));
    }

    private static <K> KeyValueStore<K, byte[]> opened(
            StoreBuilder<KeyValueStore<K, byte[]>> builder, MockProcessorContext<Void, Void> context) {
        KeyValueStore<K, byte[]> store = builder.withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
