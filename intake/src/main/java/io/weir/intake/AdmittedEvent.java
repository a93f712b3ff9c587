package io.weir.intake;

import io.weir.intake.dedupe.EventFingerprint;
import io.weir.intake.quality.ClientHealth;
import io.weir.intake.quality.QualityKey;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.EventKind;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An admitted event on its way to be made unique and counted: all that this takes, and the event as its final topic gets
 * it, so that it is decoded and encoded once. Its key is the visitor id, its timestamp the event time.
 *
 * <pre>
 * 1 byte      layout, 1
 * 1 byte      kind, its position in EventKind
 * 1 byte      flags: 1 late, 2 a client's report follows
 * 1 byte      what the tracking plan observed, its position in DeadLetterReason; 0 for nothing
 * 16 bytes    fingerprint
 * 3 longs     the client's report: sent, dropped, retried; only if flagged
 * 2 bytes     length of the quality key
 * n bytes     quality key: minute and label
 * the rest    the event, Avro in Confluent's wire format
 * </pre>
 *
 * Symbols are only ever added at the end of an enum, so positions keep their meaning from build to build.
 *
 * @param kind names its topic
 * @param late whether it is counted as late
 * @param observed what the tracking plan only observes; {@link DeadLetterReason#UNKNOWN} for nothing
 * @param fingerprint its identity
 * @param report what its client says of itself, or null
 * @param quality what it is counted by
 * @param avro the event
 */
@SuppressWarnings("ArrayRecordComponent") // carried from one processor to the next; never compared, never a key
record AdmittedEvent(
        EventKind kind,
        boolean late,
        DeadLetterReason observed,
        byte[] fingerprint,
        ClientHealth report,
        QualityKey quality,
        byte[] avro) {

    private static final byte LAYOUT = 1;
    private static final int LATE = 1;
    private static final int REPORT = 2;
    private static final int FLAGS_AT = 2;
    private static final int FINGERPRINT_AT = 4;
    private static final int REPORT_AT = FINGERPRINT_AT + EventFingerprint.LENGTH;
    private static final int REPORT_LENGTH = 3 * Long.BYTES;

    private static final EventKind[] KINDS = EventKind.values();
    private static final DeadLetterReason[] REASONS = DeadLetterReason.values();

    /** The bytes of this event. */
    @SuppressWarnings("EnumOrdinal") // Avro itself writes positions; schemas may only add symbols at the end
    byte[] write() {
        byte[] label = quality.bytes();
        int reportLength = report == null ? 0 : REPORT_LENGTH;
        byte[] bytes = new byte[REPORT_AT + reportLength + Short.BYTES + label.length + avro.length];
        ByteBuffer out = ByteBuffer.wrap(bytes);
        out.put(LAYOUT).put((byte) kind.ordinal());
        out.put((byte) ((late ? LATE : 0) | (report == null ? 0 : REPORT)));
        out.put((byte) observed.ordinal());
        out.put(fingerprint);
        if (report != null) {
            out.putLong(report.sent()).putLong(report.dropped()).putLong(report.retried());
        }
        out.putShort((short) label.length).put(label).put(avro);
        return bytes;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalStateException if another build wrote it in a layout that this one does not know
     */
    static AdmittedEvent read(byte[] bytes) {
        if (bytes[0] != LAYOUT) {
            throw new IllegalStateException("The internal topic that re-keys events has a record of layout " + bytes[0]
                    + ", expected " + LAYOUT + ": a newer build wrote it; run that build.");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int flags = bytes[FLAGS_AT];
        in.position(REPORT_AT);
        ClientHealth report = (flags & REPORT) == 0 ? null : new ClientHealth(in.getLong(), in.getLong(), in.getLong());
        byte[] label = new byte[in.getShort()];
        in.get(label);
        return new AdmittedEvent(
                KINDS[bytes[1]],
                (flags & LATE) != 0,
                REASONS[bytes[FLAGS_AT + 1]],
                Arrays.copyOfRange(bytes, FINGERPRINT_AT, REPORT_AT),
                report,
                QualityKey.of(label),
                Arrays.copyOfRange(bytes, in.position(), bytes.length));
    }
}
