package io.weir.benchmarks;

import io.weir.traffic.Message;
import io.weir.traffic.Traffic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends traffic at its own pace, and, after a while, clicks at fixed times, whatever the time that sending takes: a click
 * that could not be sent when it was due counts from when it was due.
 */
final class CapLoad implements AutoCloseable {

    private final String topic;
    private final List<Iterator<Message<byte[]>>> messages;
    private final int probes;
    private final long betweenNanos;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean stopping;
    private volatile long firstProbe;

    /** @param traffic one after the other */
    CapLoad(String address, String topic, List<Traffic> traffic, int probes, int probesPerSecond) {
        this.topic = topic;
        this.messages = traffic.stream().map(Traffic::segmentJson).toList();
        this.probes = probes;
        this.betweenNanos = TimeUnit.SECONDS.toNanos(1) / probesPerSecond;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address, "linger.ms", 2, "acks", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** The merchant of one of the measured clicks. */
    static String merchant(int probe) {
        return "probe-" + probe;
    }

    /** Begins, with the measured clicks after a while. */
    void start(Duration warmUp) {
        firstProbe = System.nanoTime() + warmUp.toNanos();
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
        messages.forEach(this::send);
    }

    private void send(Iterator<Message<byte[]>> part) {
        while (!stopping && part.hasNext()) {
            Message<byte[]> message = part.next();
            long wait = message.appendedAt() - System.currentTimeMillis();
            if (wait > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(wait));
            }
            send(message.key(), message.value());
            if (System.nanoTime() > firstProbe) {
                sent.addAndGet(message.labels().size());
            }
        }
    }

    private void sendClicks() {
        for (int probe = 0; probe < probes && !stopping; probe++) {
            long wait = dueNanos(probe) - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            String visitor = "visitor-" + probe;
            String click = """
                    {"type":"track","event":"Ad Clicked","messageId":"click-%d","anonymousId":"%s","timestamp":"%s",\
                    "properties":{"merchant_id":"%s"}}""".formatted(probe, visitor, Instant.now(), merchant(probe));
            send(visitor, click.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void send(String key, byte[] value) {
        if (stopping) {
            return;
        }
        byte[] id = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(
                new ProducerRecord<>(topic, id, value), (position, fault) -> failure.compareAndSet(null, fault));
    }

    @Override
    public void close() {
        stopping = true;
        producer.close(Duration.ofSeconds(10));
    }
}
