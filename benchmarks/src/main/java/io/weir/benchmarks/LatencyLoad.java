package io.weir.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends traffic at its own pace, and, after a while, clicks and exposures at fixed times, whatever the time that sending takes: a click
 * that could not be sent when it was due counts from when it was due.
 */
final class LatencyLoad implements AutoCloseable {

    /** What the visitors of the measured clicks are called, before their number. */
    static final String VISITOR = "measured-";

    private final String topic;
    private final Spool messages;
    private final int probes;
    private final long betweenNanos;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean stopping;
    private volatile long firstProbe;

    LatencyLoad(String address, String topic, Spool messages, int probes, int probesPerSecond) {
        this.topic = topic;
        this.messages = messages;
        this.probes = probes;
        this.betweenNanos = TimeUnit.SECONDS.toNanos(1) / probesPerSecond;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address, "linger.ms", 2, "acks", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Experiments among which the measured exposures are spread. */
    static final int EXPERIMENTS = 50;

    /** The experiment of one of the measured exposures. */
    static String experiment(int probe) {
        return "measured-" + probe % EXPERIMENTS;
    }

    /** The merchant of one of the measured clicks. */
    static String merchant(int probe) {
        return "probe-" + probe;
    }

    /** Begins; the measured clicks begin at an instant. */
    void start(Instant first) {
        firstProbe = System.nanoTime() + Duration.between(Instant.now(), first).toNanos();
        daemon("load", this::sendTraffic);
        daemon("clicks", this::sendClicks);
    }

    /** When a click was to be sent, as {@link System#nanoTime()} has it. */
    long dueNanos(int probe) {
        return firstProbe + probe * betweenNanos;
    }

    /** Since the first of the measured clicks. */
    double sentPerSecond() {
        return sent.get() / ((System.nanoTime() - firstProbe) / 1e9);
    }

    /** @throws IllegalStateException if sending has failed */
    void check() {
        if (failure.get() != null) {
            throw new IllegalStateException("the load could not be sent", failure.get());
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void sendTraffic() {
        try (Spool.Reader reader = messages.read()) {
            while (!stopping && reader.next()) {
                long wait = reader.at() - System.currentTimeMillis();
                if (wait > 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(wait));
                }
                send(reader.record(topic));
                if (System.nanoTime() > firstProbe) {
                    sent.addAndGet(reader.events());
                }
            }
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void sendClicks() {
        for (int probe = 0; probe < probes && !stopping; probe++) {
            long wait = dueNanos(probe) - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            String visitor = VISITOR + probe;
            String click = """
                    {"type":"track","event":"Ad Clicked","messageId":"click-%d","anonymousId":"%s","timestamp":"%s",\
                    "properties":{"merchant_id":"%s"}}""".formatted(probe, visitor, Instant.now(), merchant(probe));
            String exposure = """
                    {"type":"track","event":"Experiment Viewed","messageId":"exposure-%d","anonymousId":"%s",\
                    "timestamp":"%s","properties":{"experiment_id":"%s","variation_id":"control"}}""".formatted(probe, visitor, Instant.now(), experiment(probe));
            send(visitor, click);
            send(visitor, exposure);
        }
    }

    private void send(String visitor, String message) {
        send(new ProducerRecord<>(
                topic, visitor.getBytes(StandardCharsets.UTF_8), message.getBytes(StandardCharsets.UTF_8)));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        if (!stopping) {
            var unused = producer.send(record, (position, fault) -> failure.compareAndSet(null, fault));
        }
    }

    @Override
    public void close() {
        stopping = true;
        producer.close(Duration.ofSeconds(10));
    }
}
