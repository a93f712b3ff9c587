package io.weir.sessionizer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomerProcessorTest {

    @TempDir
    private Path state;

    private TopologyTestDriver driver;
    private TestInputTopic<String, CustomerVisitor> said;

    @BeforeEach
    void open() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("said", Consumed.with(Serdes.String(), new CustomerVisitorSerde()))
                .repartition(Repartitioned.<String, CustomerVisitor>as("customers")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(new CustomerVisitorSerde()))
                .process(new CustomerProcessor.Supplier(), Named.as("keep-customers"));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "customers");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(builder.build(), properties);
        said = driver.createInputTopic("said", new StringSerializer(), new CustomerVisitorSerde().serializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void theVisitorsOfACustomerAreReadMostRecentFirst() {
        CustomerVisitor old = visitor("v-1", new Interval(10, 20));
        CustomerVisitor recent = visitor("v-2", new Interval(5, 6), new Interval(30, 40));
        said.pipeInput("A", old);
        said.pipeInput("A", recent);
        said.pipeInput("B", visitor("v-1", new Interval(21, 25)));

        assertThat(customers().of("A", 10)).isEqualTo(new CustomerVisitors(List.of(recent, old), true));
        assertThat(customers().of("A", 1)).isEqualTo(new CustomerVisitors(List.of(recent), false));
        assertThat(customers().of("nobody", 10)).isEqualTo(new CustomerVisitors(List.of(), true));
    }

    @Test
    void whatIsSaidLastOfAVisitorIsRight() {
        said.pipeInput("A", visitor("v", new Interval(10, 40)));
        said.pipeInput("A", visitor("v", new Interval(10, 20), new Interval(30, 40)));

        assertThat(customers().of("A", 10).visitors())
                .containsExactly(visitor("v", new Interval(10, 20), new Interval(30, 40)));
    }

    @Test
    void aVisitorWithoutIntervalsIsForgotten() {
        said.pipeInput("A", visitor("v", new Interval(10, 40)));
        said.pipeInput("A", visitor("v"));

        assertThat(customers().of("A", 10).visitors()).isEmpty();
    }

    @Test
    void customersWhoseIdsBeginAlikeDoNotMix() {
        for (String customer : List.of("a", "ab", "a\0", "a\0\u00e9", "\0")) {
            said.pipeInput(customer, visitor("of \0" + customer, new Interval(1, 2)));
        }

        for (String customer : List.of("a", "ab", "a\0", "a\0\u00e9", "\0")) {
            assertThat(customers().of(customer, 10).visitors())
                    .containsExactly(visitor("of \0" + customer, new Interval(1, 2)));
        }
    }

    private Customers customers() {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(CustomerStore.NAME);
        return new Customers(store);
    }

    private static CustomerVisitor visitor(String id, Interval... intervals) {
        return new CustomerVisitor(id, List.of(intervals));
    }
}
