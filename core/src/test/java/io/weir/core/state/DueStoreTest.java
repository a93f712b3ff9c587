package io.weir.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.state.DueStore.Due;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class DueStoreTest {

    private final KeyValueStore<Bytes, byte[]> store = open();
    private final DueStore due = new DueStore(store);

    private static KeyValueStore<Bytes, byte[]> open() {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("due"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "due");
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(properties);
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    @Test
    void whatIsDueIsTakenOnceInTheOrderOfTimeAndId() {
        due.set(30, "c");
        due.set(20, "b");
        due.set(20, "a");
        due.set(20, "a");

        assertThat(due.take(30, 10)).containsExactly(new Due(20, "a"), new Due(20, "b"));
        assertThat(due.take(30, 10)).isEmpty();
        assertThat(due.take(31, 10)).containsExactly(new Due(30, "c"));
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void noMoreAreTakenThanAreAskedForAndTheRestStays() {
        due.set(10, "a");
        due.set(10, "b");
        due.set(11, "c");

        assertThat(due.take(100, 1)).containsExactly(new Due(10, "a"));
        assertThat(due.take(100, 2)).containsExactly(new Due(10, "b"), new Due(11, "c"));
    }

    @Test
    void aTimerThatIsSetInThePastIsTaken() {
        due.set(50, "a");
        due.take(100, 10);
        due.set(7, "ü");

        assertThat(due.take(100, 10)).containsExactly(new Due(7, "ü"));
    }

    @Test
    void whatWasNotTakenIsThereAfterARestart() {
        due.set(10, "a");
        due.set(20, "b");
        due.take(11, 10);

        assertThat(new DueStore(store).take(100, 10)).containsExactly(new Due(20, "b"));
    }
}
