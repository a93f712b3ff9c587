package io.weir.core.serde;

import io.weir.schemas.DeadLetterReason;
import java.nio.ByteBuffer;

/** Confluent's wire format: one zero byte, the schema's id as a big-endian int, Avro's binary encoding. */
public final class WireFormat {

    /** Bytes before the Avro data. */
    public static final int HEADER = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    /**
     * The schema id of a record.
     *
     * @throws UnreadableRecordException if the bytes do not begin as they must
     */
    public static int schemaId(byte[] record) {
        if (record.length < HEADER || record[0] != MAGIC) {
            throw new UnreadableRecordException(
                    DeadLetterReason.MALFORMED,
                    "The value does not begin with a zero byte and a schema id, as Confluent's wire format does.");
        }
        return ByteBuffer.wrap(record, 1, Integer.BYTES).getInt();
    }

    static void writeHeader(ReusableOutput out, int schemaId) {
        out.writeByte(MAGIC);
        out.writeByte(schemaId >>> 24);
        out.writeByte(schemaId >>> 16);
        out.writeByte(schemaId >>> 8);
        out.writeByte(schemaId);
    }
}
