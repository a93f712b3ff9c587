package io.weir.adspend.merchant;

import io.weir.adspend.account.Interaction;
import io.weir.adspend.account.MinuteSums;
import io.weir.adspend.day.Minutes;
import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;

/**
 * What happened in a minute of a campaign, without any price that a budget gives. Mutable.
 *
 * <pre>
 * 1 byte      1: has changed since it was reported
 * 2 varints   first and last interaction, millis within the minute
 * n bytes     as MinuteSums writes it
 * </pre>
 */
final class MinuteCounts {

    private final MinuteSums sums;
    private boolean unreported;
    private long first;
    private long last;

    private MinuteCounts(MinuteSums sums, boolean unreported, long first, long last) {
        this.sums = sums;
        this.unreported = unreported;
        this.first = first;
        this.last = last;
    }

    static MinuteCounts empty() {
        return new MinuteCounts(new MinuteSums(), false, Minutes.MILLIS - 1, 0);
    }

    MinuteSums sums() {
        return sums;
    }

    /** First interaction, milliseconds after the start of the minute. */
    long first() {
        return first;
    }

    /** Last interaction, milliseconds after the start of the minute. */
    long last() {
        return last;
    }

    void add(Interaction interaction, boolean valid) {
        sums.add(interaction, valid);
        long within = Math.floorMod(interaction.occurredAt(), Minutes.MILLIS);
        first = Math.min(first, within);
        last = Math.max(last, within);
    }

    void move(Interaction interaction, boolean toValid) {
        sums.remove(interaction, !toValid);
        sums.add(interaction, toValid);
    }

    /** It differs from what was reported. Returns whether that is new. */
    boolean changed() {
        boolean wasReported = !unreported;
        unreported = true;
        return wasReported;
    }

    void reported() {
        unreported = false;
    }

    byte[] encode(ByteWriter out) {
        out.put(unreported ? 1 : 0).varint(first).varint(last);
        sums.write(out);
        return out.take();
    }

    static MinuteCounts decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        boolean unreported = in.next() != 0;
        long first = in.varint();
        long last = in.varint();
        return new MinuteCounts(MinuteSums.read(in), unreported, first, last);
    }
}
