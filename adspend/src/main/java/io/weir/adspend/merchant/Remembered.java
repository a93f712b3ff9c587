package io.weir.adspend.merchant;

import io.weir.adspend.account.Interaction;
import io.weir.adspend.hop.InputCodec;
import io.weir.adspend.ledger.MovementKind;
import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.verdict.Verdict;
import io.weir.core.verdict.Verdicts;

/**
 * An interaction that verdicts may come on, or verdicts whose interaction is still to come. Mutable.
 *
 * <pre>
 * 1 byte      1: the interaction has come, 2: a correction of it is on no statement
 * n bytes     the interaction, as InputCodec writes it; only if it has come
 * 5 varints   entries of the ledger that it, or a verdict on it, caused, by kind
 * signed      that correction, nanos; only if there is one
 * n bytes     verdicts
 * </pre>
 */
final class Remembered {

    private static final int CAME = 1;
    private static final int LOST = 2;

    private Interaction interaction;
    private Verdicts verdicts = Verdicts.NONE;
    private long lostNanos;
    private final long[] entries = new long[MovementKind.values().length];

    /** Of which nothing is known. */
    Remembered() {}

    /** The interaction; null while it has not come. */
    Interaction interaction() {
        return interaction;
    }

    void came(Interaction happened) {
        interaction = happened;
    }

    Verdicts verdicts() {
        return verdicts;
    }

    void judged(Verdict verdict) {
        verdicts = verdicts.with(verdict);
    }

    /**
     * A correction of a closed day: what of it does not just end one that no statement took. A click that was never charged is not
     * credited, and one that was never credited is not charged again.
     */
    long withoutLost(long correction) {
        boolean ends = lostNanos != 0 && Long.signum(correction) == -Long.signum(lostNanos);
        long ended = ends ? Long.signum(correction) * Math.min(Math.abs(correction), Math.abs(lostNanos)) : 0;
        lostNanos += ended;
        return correction - ended;
    }

    /** No statement takes a correction, nanos. */
    void lost(long correction) {
        lostNanos += correction;
    }

    /** One more entry of the ledger: the how manieth of its kind. */
    @SuppressWarnings("EnumOrdinal") // Stored in this order; kinds are only ever added at the end.
    long entered(MovementKind kind) {
        entries[kind.ordinal()]++;
        return entries[kind.ordinal()];
    }

    byte[] encode(ByteWriter out) {
        out.put((interaction == null ? 0 : CAME) | (lostNanos == 0 ? 0 : LOST));
        if (interaction != null) {
            InputCodec.write(interaction, out);
        }
        for (long count : entries) {
            out.varint(count);
        }
        if (lostNanos != 0) {
            out.signed(lostNanos);
        }
        verdicts.write(out);
        return out.take();
    }

    static Remembered decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        Remembered remembered = new Remembered();
        int flags = in.next();
        if ((flags & CAME) != 0) {
            remembered.interaction = InputCodec.read(in);
        }
        for (int i = 0; i < remembered.entries.length; i++) {
            remembered.entries[i] = in.varint();
        }
        remembered.lostNanos = (flags & LOST) == 0 ? 0 : in.signed();
        remembered.verdicts = Verdicts.read(in);
        return remembered;
    }
}
