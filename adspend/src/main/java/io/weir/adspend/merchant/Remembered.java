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
 * 1 byte      1: the interaction has come
 * n bytes     the interaction, as InputCodec writes it; only if it has come
 * 5 varints   entries of the ledger that it, or a verdict on it, caused, by kind
 * n bytes     verdicts
 * </pre>
 */
final class Remembered {

    private Interaction interaction;
    private Verdicts verdicts = Verdicts.NONE;
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

    /** One more entry of the ledger: the how manieth of its kind. */
    @SuppressWarnings("EnumOrdinal") // Stored in this order; kinds are only ever added at the end.
    long entered(MovementKind kind) {
        entries[kind.ordinal()]++;
        return entries[kind.ordinal()];
    }

    byte[] encode(ByteWriter out) {
        out.put(interaction == null ? 0 : 1);
        if (interaction != null) {
            InputCodec.write(interaction, out);
        }
        for (long count : entries) {
            out.varint(count);
        }
        verdicts.write(out);
        return out.take();
    }

    static Remembered decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        Remembered remembered = new Remembered();
        if (in.next() != 0) {
            remembered.interaction = InputCodec.read(in);
        }
        for (int i = 0; i < remembered.entries.length; i++) {
            remembered.entries[i] = in.varint();
        }
        remembered.verdicts = Verdicts.read(in);
        return remembered;
    }
}
