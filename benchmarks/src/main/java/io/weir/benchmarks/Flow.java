package io.weir.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends messages that were made before, each when it is due, in a thread of its own. */
final class Flow implements AutoCloseable {

    private final String topic;
    private final Spool messages;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean stopping;

    Flow(String address, String topic, Spool messages) {
        this.topic = topic;
        this.messages = messages;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address, "linger.ms", 2, "acks", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Begins; each message is due at its own time. */
    void start() {
        start(at -> at);
    }

    /** Begins with the first message at once; each other is due as long after it as it was made to be. */
    void startNow() {
        long now = System.currentTimeMillis();
        long[] first = {Long.MIN_VALUE};
        start(at -> {
            first[0] = first[0] == Long.MIN_VALUE ? at : first[0];
            return now + at - first[0];
        });
    }

    /** Sends all without any pause, and returns when the broker has it. */
    void sendAtOnce() {
        sendAll(at -> 0);
        producer.flush();
        check();
    }

    private void start(LongUnaryOperator due) {
        Thread thread = new Thread(() -> sendAll(due), "flow");
        thread.setDaemon(true);
        thread.start();
    }

    private void sendAll(LongUnaryOperator due) {
        try (Spool.Reader reader = messages.read()) {
            while (!stopping && reader.next()) {
                long at = due.applyAsLong(reader.at());
                long wait = at - System.currentTimeMillis();
                if (wait > 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(wait));
                }
                send(reader.record(topic));
                sent.incrementAndGet();
                events.addAndGet(reader.events());
            }
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Sends something else, at once. */
    void send(ProducerRecord<byte[], byte[]> record) {
        if (!stopping) {
            var unused = producer.send(record, (position, fault) -> failure.compareAndSet(null, fault));
        }
    }

    /** Events so far; a message may have several. */
    long events() {
        return events.get();
    }

    /** Messages so far. */
    long messages() {
        return sent.get();
    }

    boolean isStopping() {
        return stopping;
    }

    /** @throws IllegalStateException if sending has failed */
    void check() {
        if (failure.get() != null) {
            throw new IllegalStateException("the load could not be sent", failure.get());
        }
    }

    @Override
    public void close() {
        stopping = true;
        producer.close(Duration.ofSeconds(10));
    }
}
