package io.weir.sessionizer.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.EventKind;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionStoreTest {

    private static final long AT = 1_800_000_000_000L;

    private KeyValueStore<Bytes, byte[]> bytes;
    private SessionStore store;

    @BeforeEach
    void open() {
        MockProcessorContext<String, Object> context = new MockProcessorContext<>();
        bytes = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("sessions"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        bytes.init(context.getStateStoreContext(), bytes);
        store = new SessionStore(bytes, new SessionCodec());
    }

    @Test
    void aChangeThatWasNotPutBackIsForgotten() {
        store.put("v", oneSession(7));

        store.take("v").closeAt(8);

        assertThat(store.take("v").closeAt()).isEqualTo(7);
    }

    @Test
    void everyPutIsInTheStoreBelow() {
        store.put("v", oneSession(7));
        VisitorSessions taken = store.take("v");
        taken.closeAt(8);
        store.put("v", taken);

        SessionStore reopened = new SessionStore(bytes, new SessionCodec());

        assertThat(reopened.take("v").closeAt()).isEqualTo(8);
    }

    @Test
    void whoeverIsNotAmongTheLatestIsReadFromTheStore() {
        int visitors = 5_000;
        for (int i = 0; i < visitors; i++) {
            store.put("v-" + i, oneSession(1 + i));
        }

        for (int i = 0; i < visitors; i++) {
            assertThat(store.take("v-" + i).closeAt()).isEqualTo(1 + i);
        }
    }

    @Test
    void aVisitorWithoutSessionsLeavesTheStore() {
        store.put("v", oneSession(7));
        VisitorSessions taken = store.take("v");
        taken.sessions().clear();
        store.put("v", taken);

        assertThat(store.take("v")).isNull();
        assertThat(bytes.get(SessionStore.key("v"))).isNull();
    }

    private static VisitorSessions oneSession(long closeAt) {
        SessionEvent event = new SessionEvent(
                new Mark(AT, "e"), EventKind.page_view, "/", null, null, null, false, new FirstTouch(null, null, null));
        VisitorSessions mine = new VisitorSessions();
        new SessionStep(SessionRules.inactivity(1_800_000)).add(mine, event, EventHistory.NONE, change -> {});
        mine.closeAt(closeAt);
        return mine;
    }
}
