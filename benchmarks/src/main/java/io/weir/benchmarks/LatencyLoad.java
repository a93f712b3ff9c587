package io.weir.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends traffic at its own pace, and, after a while, what is measured at fixed times, whatever the time that sending takes: what could
 * not be sent when it was due counts from when it was due.
 */
final class LatencyLoad implements AutoCloseable {

    private final String topic;
    private final Probes probes;
    private final long betweenNanos;
    private final Flow flow;
    private volatile long firstProbe;
    private volatile long before;

    LatencyLoad(String address, String topic, Spool messages, Probes probes, int probesPerSecond) {
        this.topic = topic;
        this.probes = probes;
        this.betweenNanos = TimeUnit.SECONDS.toNanos(1) / probesPerSecond;
        this.flow = new Flow(address, topic, messages);
    }

    /** Begins; what is measured begins at an instant. */
    void start(Instant first) {
        firstProbe = System.nanoTime() + Duration.between(Instant.now(), first).toNanos();
        flow.start();
        Thread thread = new Thread(this::sendProbes, "probes");
        thread.setDaemon(true);
        thread.start();
    }

    /** When what is sent at a time was due, as {@link System#nanoTime()} has it. */
    long dueNanos(int time) {
        return firstProbe + time * betweenNanos;
    }

    /** Since the first that is measured. */
    double sentPerSecond() {
        return (flow.events() - before) / ((System.nanoTime() - firstProbe) / 1e9);
    }

    /** @throws IllegalStateException if sending has failed */
    void check() {
        flow.check();
    }

    private void sendProbes() {
        for (int time = 0; time < probes.times() && !flow.isStopping(); time++) {
            long wait = dueNanos(time) - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            if (time == 0) {
                before = flow.events();
            }
            for (Probes.Message message : probes.at(time)) {
                flow.send(new ProducerRecord<>(
                        topic,
                        message.visitor().getBytes(StandardCharsets.UTF_8),
                        message.json().getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    @Override
    public void close() {
        flow.close();
    }
}
