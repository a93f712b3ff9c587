package io.weir.topology.demo;

import io.weir.topology.terminal.Pauses;
import io.weir.traffic.Merchant;
import io.weir.traffic.Message;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the traffic of a shop into the raw topic as it happens, the last 40 minutes first and at once. */
final class DemoTraffic implements Runnable {

    /** A session closes after 30 minutes without an event: with less behind it a demo would open with none closing. */
    static final Duration BEFORE = Duration.ofMinutes(40);

    private static final Duration SLICE = Duration.ofMillis(20);

    private final String bootstrapServers;
    private final String topic;
    private final DemoRequest request;
    private final InstantSource clock;
    private final Traffic traffic;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean stopping;
    private volatile boolean ended;
    private final AtomicLong sentEvents = new AtomicLong();

    DemoTraffic(String bootstrapServers, String topic, DemoRequest request, InstantSource clock) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.request = request;
        this.clock = clock;
        this.traffic = Traffic.from(settings());
    }

    /** The keys of the shop's app, as a JWK set. */
    String keys() {
        return traffic.jwkSet();
    }

    /** Who advertises. */
    List<Merchant> merchants() {
        return traffic.merchants();
    }

    /** Events sent so far, duplicates and broken ones among them. */
    long sentEvents() {
        return sentEvents.get();
    }

    /** Whether all was sent. */
    boolean ended() {
        return ended;
    }

    /** Why nothing more is sent, if something went wrong; else null. */
    Exception failure() {
        return failure.get();
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            Iterator<Message<byte[]>> messages = traffic.segmentJson();
            while (!stopping && failure.get() == null && messages.hasNext()) {
                Message<byte[]> message = messages.next();
                awaitTurn(message.appendedAt());
                send(producer, message);
                sentEvents.addAndGet(message.labels().size());
            }
        } catch (CancellationException e) {
            stopping = true;
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        } finally {
            ended = true;
        }
    }

    private TrafficSettings settings() {
        Instant now = clock.instant();
        TrafficSettings.Builder traffic = TrafficSettings.builder()
                .seed(request.seed())
                .start(now.minus(BEFORE))
                .rate(request.rate())
                .dayCurve(false)
                .visitors((int) Math.max(20_000, Math.min(2_000_000, request.rate() * 500)));
        request.events().ifPresent(traffic::events);
        request.duration().ifPresent(length -> traffic.duration(BEFORE.plus(length)));
        return traffic.build();
    }

    private void awaitTurn(long due) {
        while (!stopping && clock.millis() < due) {
            Pauses.pause(SLICE);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of failures.
    private void send(KafkaProducer<byte[], byte[]> producer, Message<byte[]> message) {
        producer.send(
                new ProducerRecord<>(
                        topic,
                        null,
                        message.appendedAt(),
                        message.key().getBytes(StandardCharsets.UTF_8),
                        message.value()),
                (sent, e) -> failure.compareAndSet(null, e));
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "demo-traffic",
                        // Broken messages may be too large for intake on purpose.
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        8 * 1024 * 1024,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
