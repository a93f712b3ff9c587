package io.weir.adspend.budget;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;

/**
 * Cap and prices of a merchant or of one of its campaigns. A rate of 0 is a price; none is not.
 *
 * @param dailyCapMicros most that a day may be billed, micros; null for no cap
 * @param cpcMicros price of a click, micros; null for none
 * @param cpmMicros price of a thousand impressions, micros; null for none
 * @param cpcvMicros price of a completed video, micros; null for none
 */
public record Terms(Long dailyCapMicros, Long cpcMicros, Long cpmMicros, Long cpcvMicros) {

    /** No cap and no prices. */
    public static final Terms NONE = new Terms(null, null, null, null);

    /** @throws IllegalArgumentException if an amount is negative */
    public Terms {
        requireNotNegative("daily_cap_micros", dailyCapMicros);
        requireNotNegative("cpc_micros", cpcMicros);
        requireNotNegative("cpm_micros", cpmMicros);
        requireNotNegative("cpcv_micros", cpcvMicros);
    }

    private static void requireNotNegative(String name, Long micros) {
        if (micros != null && micros < 0) {
            throw new IllegalArgumentException(name + ": expected an amount of 0 or more, found " + micros);
        }
    }

    /** Writes the terms: each a varint, one more than the amount; 0 for none. */
    void write(ByteWriter out) {
        for (Long micros : new Long[] {dailyCapMicros, cpcMicros, cpmMicros, cpcvMicros}) {
            out.varint(micros == null ? 0 : micros + 1);
        }
    }

    static Terms read(ByteReader in) {
        return new Terms(amount(in), amount(in), amount(in), amount(in));
    }

    private static Long amount(ByteReader in) {
        long written = in.varint();
        return written == 0 ? null : Long.valueOf(written - 1);
    }
}
