package io.weir.it;

import static org.awaitility.Awaitility.await;

import io.weir.traffic.Message;
import io.weir.traffic.Tally;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Traffic that flows into a raw topic in the background, whatever becomes of the service and the broker. */
final class Feed implements AutoCloseable {
    /** More than Weir's own producers send. */
    private static final int LARGEST_REQUEST = 16 * 1024 * 1024;

    private static final int TICKS_PER_SECOND = 50;
    /** Longer than any outage that a test makes. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "feed");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final String topic;
    private final Iterator<Message<byte[]>> messages;
    private final int perTick;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Tally tally = new Tally();
    private final ScheduledFuture<?> sending;
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean done;

    private Feed(Cluster cluster, String topic, Iterator<Message<byte[]>> messages, int perTick) {
        this.topic = topic;
        this.messages = messages;
        this.perTick = perTick;
        this.producer = producer(cluster);
        this.sending = timer.scheduleAtFixedRate(this::send, 0, 1_000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts to send: keyed by visitor, each with the time at which the collector would have appended it.
     *
     * @param messages must have an end
     */
    static Feed start(Cluster cluster, String topic, Iterator<Message<byte[]>> messages, int perSecond) {
        return new Feed(cluster, topic, messages, Math.max(1, perSecond / TICKS_PER_SECOND));
    }

    /** Sends all of it at once, and returns what was sent. */
    static Tally all(Cluster cluster, String topic, Iterator<Message<byte[]>> messages) {
        try (Feed feed = new Feed(cluster, topic, messages, Integer.MAX_VALUE)) {
            return feed.awaitEnd();
        }
    }

    /** A producer of raw messages that outlasts an outage and keeps their order. */
    static KafkaProducer<byte[], byte[]> producer(Cluster cluster) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        cluster.bootstrapServers(),
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        PATIENCE.toMillis(),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        Math.toIntExact(PATIENCE.toMillis()),
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        LARGEST_REQUEST),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Waits until so many messages have been sent. */
    void awaitSent(long count) {
        await("%d messages are sent".formatted(count))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> sending.isDone() || sent.get() >= count);
    }

    /** Waits until all have been sent and the broker has them; what was sent. */
    Tally awaitEnd() {
        await("the feed has ended").atMost(PATIENCE).until(() -> done || sending.isDone());
        if (!done || failure.get() != null) {
            throw new IllegalStateException("The feed of %s broke off.".formatted(topic), failure.get());
        }
        return tally;
    }

    private void send() {
        try {
            for (int i = 0; i < perTick && messages.hasNext(); i++) {
                send(messages.next());
            }
            if (!messages.hasNext() && !done) {
                producer.flush();
                done = true;
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of failures.
    private void send(Message<byte[]> message) {
        byte[] key = message.key() == null ? null : message.key().getBytes(StandardCharsets.UTF_8);
        producer.send(
                new ProducerRecord<>(topic, null, message.appendedAt(), key, message.value()),
                (position, fault) -> failure.compareAndSet(null, fault));
        tally.add(message);
        sent.incrementAndGet();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        producer.close(Duration.ofSeconds(10));
    }
}
