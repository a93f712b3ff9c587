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
 * Sends traffic at its own pace, and, after a while, what is measured at fixed times, whatever the time that sending takes: what could
 * not be sent when it was due counts from when it was due.
 */
final class LatencyLoad implements AutoCloseable {

    private final String topic;
    private final Spool messages;
    private final Probes probes;
    private final long betweenNanos;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean stopping;
    private volatile long firstProbe;

    LatencyLoad(String address, String topic, Spool messages, Probes probes, int probesPerSecond) {
        this.topic = topic;
        this.messages = messages;
        this.probes = probes;
        this.betweenNanos = TimeUnit.SECONDS.toNanos(1) / probesPerSecond;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address, "linger.ms", 2, "acks", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Begins; what is measured begins at an instant. */
    void start(Instant first) {
        firstProbe = System.nanoTime() + Duration.between(Instant.now(), first).toNanos();
        daemon("load", this::sendTraffic);
        daemon("probes", this::sendProbes);
    }

    /** When what is sent at a time was due, as {@link System#nanoTime()} has it. */
    long dueNanos(int time) {
        return firstProbe + time * betweenNanos;
    }

    /** Since the first that is measured. */
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

    private void sendProbes() {
        for (int time = 0; time < probes.times() && !stopping; time++) {
            long wait = dueNanos(time) - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            for (Probes.Message message : probes.at(time)) {
                send(new ProducerRecord<>(
                        topic,
                        message.visitor().getBytes(StandardCharsets.UTF_8),
                        message.json().getBytes(StandardCharsets.UTF_8)));
            }
        }
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
