package io.weir.benchmarks;

import io.weir.traffic.Message;
import io.weir.traffic.Traffic;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A file of messages that were made before anything is measured: making them costs 30 µs an event and 400 MB of visitors,
 * which would be taken from what is measured.
 */
final class Spool {

    private static final int BUFFER = 1 << 20;

    private final Path file;

    private Spool(Path file) {
        this.file = file;
    }

    /** Writes Segment messages, one part after the other, into a file that does not exist. */
    static Spool segmentJson(Path file, List<Traffic> parts) throws IOException {
        try (OutputStream raw = Files.newOutputStream(file);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw, BUFFER))) {
            for (Traffic part : parts) {
                for (Iterator<Message<byte[]>> messages = part.segmentJson(); messages.hasNext(); ) {
                    write(out, messages.next());
                }
            }
        }
        return new Spool(file);
    }

    /** Writes messages into a file that does not exist. */
    static Spool of(Path file, Iterator<Message<byte[]>> messages) throws IOException {
        try (OutputStream raw = Files.newOutputStream(file);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw, BUFFER))) {
            while (messages.hasNext()) {
                write(out, messages.next());
            }
        }
        return new Spool(file);
    }

    private static void write(DataOutputStream out, Message<byte[]> message) throws IOException {
        byte[] key = message.key() == null ? null : message.key().getBytes(StandardCharsets.UTF_8);
        out.writeLong(message.appendedAt());
        out.writeInt(message.labels().size());
        out.writeInt(key == null ? -1 : key.length);
        if (key != null) {
            out.write(key);
        }
        out.writeInt(message.value().length);
        out.write(message.value());
    }

    /** Reads from the start. */
    Reader read() throws IOException {
        return new Reader(new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER)));
    }

    /** Stands on one message after the other. */
    static final class Reader implements AutoCloseable {

        private final DataInputStream in;
        private long at;
        private int events;
        private byte[] key;
        private byte[] value = {};

        private Reader(DataInputStream in) {
            this.in = in;
        }

        /** Goes to the next message; false at the end. */
        boolean next() throws IOException {
            try {
                at = in.readLong();
            } catch (EOFException end) {
                return false;
            }
            events = in.readInt();
            int length = in.readInt();
            key = length < 0 ? null : in.readNBytes(length);
            value = in.readNBytes(in.readInt());
            return true;
        }

        /** When the message is to be appended, milliseconds UTC. */
        long at() {
            return at;
        }

        int events() {
            return events;
        }

        ProducerRecord<byte[], byte[]> record(String topic) {
            return new ProducerRecord<>(topic, key, value);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
