package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.feature.ControlRecords;
import io.weir.core.feature.ControlRecords.Entry;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.topic.Topics;
import io.weir.schemas.FraudList;
import io.weir.topology.control.WrittenRecords;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a task that starts from nothing is told, from a real broker. */
class WrittenRecordsTest {

    private static final String REGISTRY = "mock://written-records";
    private static final FraudList PARTNERS = new FraudList("partners", 1L, List.of("a"));

    private static ControlBroker broker;

    @BeforeAll
    static void start() {
        broker = new ControlBroker(REGISTRY);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void everyRecordThatCanBeReadInItsOrder() throws Exception {
        broker.prepare("a.", Topics.LISTS);
        FraudList later = new FraudList("partners", 2L, List.of("a", "b"));
        broker.write("a.", Topics.LISTS, List.of(PARTNERS, later), FraudList::getName);
        send("partners", null);
        send("odd", "no record".getBytes(StandardCharsets.UTF_8));
        send(null, "nobody's".getBytes(StandardCharsets.UTF_8));

        List<Entry<FraudList>> entries = records().of(Topics.LISTS);

        assertThat(entries).extracting(Entry::key).containsExactly("partners", "partners", "partners");
        assertThat(entries).extracting(Entry::value).containsExactly(PARTNERS, later, null);
    }

    @Test
    void theTopicIsReadOnce() {
        broker.prepare("b.", Topics.LISTS);
        ControlRecords records = new WrittenRecords(new Topics("b."), serdes(), client());
        assertThat(records.of(Topics.LISTS)).isEmpty();

        broker.write("b.", Topics.LISTS, List.of(PARTNERS), FraudList::getName);

        assertThat(records.of(Topics.LISTS)).isEmpty();
    }

    private static ControlRecords records() {
        return new WrittenRecords(new Topics("a."), serdes(), client());
    }

    private static AvroSerdes serdes() {
        return new AvroSerdes(new SchemaRegistry(REGISTRY, Map.of(), false));
    }

    private static Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private static void send(String key, byte[] value) throws Exception {
        byte[] id = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(new Topics("a.").name(Topics.LISTS), id, value))
                    .get();
        }
    }
}
