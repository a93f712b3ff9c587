package io.weir.it;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Messages in Confluent's wire format, whole and broken. */
final class FuzzedAvro {
    private static final Schema STRANGER = SchemaBuilder.record("Stranger")
            .namespace("not.of.ours")
            .fields()
            .requiredString("name")
            .requiredLong("visitor_id")
            .endRecord();
    /** A registry counts up from 1; this one is never reached. */
    private static final int UNKNOWN_IDS = 1_000_000;

    private final Random random;
    private final List<byte[]> whole;
    private final byte[] stranger;
    private final CollectedMessages messages;
    private final List<Supplier<byte[]>> kinds;
    private int count;

    FuzzedAvro(CollectedMessages messages, long seed) {
        this.random = new Random(seed);
        this.messages = messages;
        this.whole = List.of(
                messages.pageView("whole", "v-1"),
                messages.pageViewOfNewerSchema("newer", "v-1"),
                messages.pageView(null, "v-1"),
                messages.pageView("no-visitor", null));
        this.stranger = stranger(messages);
        this.kinds = List.of(
                this::accepted,
                this::randomBytes,
                this::unknownId,
                this::randomPayload,
                this::cut,
                this::flipped,
                () -> stranger);
    }

    FuzzedMessage next() {
        return FuzzedMessage.one(kinds.get(random.nextInt(kinds.size())).get());
    }

    private byte[] accepted() {
        return messages.pageView("a-" + count++, "v-" + random.nextInt(100));
    }

    private byte[] randomBytes() {
        if (random.nextInt(10) == 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A handful of ids, for each of which the registry is asked. */
    private byte[] unknownId() {
        byte[] bytes = any().clone();
        ByteBuffer.wrap(bytes)
                .putInt(1, random.nextInt(10) == 0 ? -1 - random.nextInt(5) : UNKNOWN_IDS + random.nextInt(20));
        return bytes;
    }

    private byte[] randomPayload() {
        byte[] bytes = new byte[5 + random.nextInt(200)];
        random.nextBytes(bytes);
        System.arraycopy(any(), 0, bytes, 0, 5);
        return bytes;
    }

    private byte[] cut() {
        byte[] bytes = any();
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private byte[] flipped() {
        byte[] bytes = any().clone();
        int flips = 1 + random.nextInt(4);
        for (int i = 0; i < flips; i++) {
            bytes[5 + random.nextInt(bytes.length - 5)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] any() {
        return whole.get(random.nextInt(whole.size()));
    }

    private static byte[] stranger(CollectedMessages messages) {
        GenericRecord record = new GenericData.Record(STRANGER);
        record.put("name", "nobody");
        record.put("visitor_id", 1L);
        return CollectedMessages.inWireFormat(messages.register(STRANGER, "stranger"), record);
    }
}
