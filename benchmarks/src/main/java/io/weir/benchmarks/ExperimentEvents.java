package io.weir.benchmarks;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Exposure;
import io.weir.schemas.Origin;
import io.weir.schemas.Purchase;
import io.weir.schemas.UnitType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Units that each see one experiment, and every other of which buys something. */
final class ExperimentEvents {

    private final String bootstrapServers;

    ExperimentEvents(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Fills the topics of exposures and purchases.
     *
     * @param units each in one of the experiments
     * @param experiments among which they are spread
     * @return the number of events
     */
    long fill(Topics topics, AvroSerdes serdes, long units, int experiments) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        Instant start = Instant.now().minusSeconds(7_200);
        long events = 0;
        try (Serializer<Event> serializer = serdes.serializer(Event.class);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "linger.ms",
                                20,
                                "batch.size",
                                256 * 1024,
                                "acks",
                                "1"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (long unit = 0; unit < units; unit++) {
                Instant at = start.plusMillis(unit * 3_600_000 / units);
                Event exposure = event("s", unit, at, EventKind.exposure);
                String variant = unit % 2 == 0 ? "control" : "treatment";
                exposure.setExposure(new Exposure("experiment-" + unit / 2 % experiments, variant, UnitType.VISITOR));
                send(producer, topics.name(Topics.EXPOSURES), serializer, exposure, failure);
                events++;
                if (unit % 2 == 0) {
                    Event purchase = event("p", unit, at.plusSeconds(60), EventKind.purchase);
                    purchase.setPurchase(new Purchase("o" + unit, 1_000_000 + unit % 1_000, "EUR", null, List.of()));
                    send(producer, topics.name(Topics.PURCHASES), serializer, purchase, failure);
                    events++;
                }
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the topics could not be filled", failure.get());
        }
        return events;
    }

    /** The topics that experiments read here; more kinds would measure decoding. */
    static List<Topic<?>> topics() {
        return List.of(Topics.EXPOSURES, Topics.PURCHASES, Topics.DEFINITIONS, Topics.VISITOR_VERDICTS);
    }

    private static Event event(String prefix, long unit, Instant at, EventKind kind) {
        Event event = new Event();
        event.setEventId(prefix + unit);
        event.setKind(kind);
        event.setOccurredAt(at);
        event.setReceivedAt(at);
        event.setVisitorId("visitor-" + unit);
        event.setClient(new Client());
        event.setOrigin(new Origin("raw", 0, unit, at));
        return event;
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            String topic,
            Serializer<Event> serializer,
            Event event,
            AtomicReference<Exception> failure) {
        byte[] key = event.getVisitorId().getBytes(StandardCharsets.UTF_8);
        long at = event.getOccurredAt().toEpochMilli();
        var unused = producer.send(
                new ProducerRecord<>(topic, null, at, key, serializer.serialize(topic, event)),
                (position, fault) -> failure.compareAndSet(null, fault));
    }
}
