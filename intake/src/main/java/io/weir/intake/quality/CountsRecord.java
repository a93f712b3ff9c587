package io.weir.intake.quality;

import java.nio.ByteBuffer;

/**
 * Counts on their way to be merged.
 *
 * <pre>
 * 2 bytes     length of the key
 * n bytes     {@link QualityKey}
 * the rest    {@link QualityCounts}
 * </pre>
 *
 * @param key what was counted
 * @param counts how often, since the last such record of the same task
 */
public record CountsRecord(QualityKey key, QualityCounts counts) {

    /** The bytes of this record. */
    public byte[] write() {
        byte[] label = key.bytes();
        ByteBuffer out = ByteBuffer.allocate(Short.BYTES + label.length + counts.size());
        out.putShort((short) label.length).put(label);
        counts.write(out);
        return out.array();
    }

    /** Reads what {@link #write} wrote. */
    public static CountsRecord read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] label = new byte[in.getShort()];
        in.get(label);
        return new CountsRecord(QualityKey.of(label), QualityCounts.read(in));
    }
}
