package io.weir.sessionizer.journey;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of journeys: visitor as {@link ByteWriter#keyPart}, occurred_at as eight bytes big-endian, event id as {@link
 * ByteWriter#keyEnd}. As bytes they are in the order (visitor, time, id), ids in the order of their UTF-8. The store adds
 * twelve bytes of its own (the time again, by which it finds the segment, and four zeros).
 */
final class JourneyKeys {

    /** Above the first byte of any id: no UTF-8 begins with it. */
    private static final int AFTER_EVERY_ID = 0xff;

    private JourneyKeys() {}

    static Bytes of(ByteWriter out, String visitor, long occurredAt, String eventId) {
        return Bytes.wrap(out.keyPart(visitor).fixed(occurredAt).keyEnd(eventId).take());
    }

    /** Not above any key of this visitor at this time. */
    static Bytes from(String visitor, long time) {
        return Bytes.wrap(new ByteWriter().keyPart(visitor).fixed(time).take());
    }

    /** Above the cursor's key, not above any that follows it. */
    static Bytes after(String visitor, JourneyCursor cursor) {
        return Bytes.wrap(new ByteWriter()
                .keyPart(visitor)
                .fixed(cursor.occurredAt())
                .keyEnd(cursor.eventId())
                .put(0)
                .take());
    }

    /** Above all keys of this visitor up to and at this time. */
    static Bytes to(String visitor, long time) {
        return Bytes.wrap(new ByteWriter()
                .keyPart(visitor)
                .fixed(time)
                .put(AFTER_EVERY_ID)
                .take());
    }

    static JourneyCursor position(Bytes key) {
        ByteReader in = new ByteReader(key.get());
        in.keyPart();
        return new JourneyCursor(in.fixed(), in.keyEnd());
    }
}
