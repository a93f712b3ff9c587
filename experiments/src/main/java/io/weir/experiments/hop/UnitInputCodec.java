package io.weir.experiments.hop;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.verdict.Verdicts;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.hop.UnitInput.Converted;
import io.weir.experiments.hop.UnitInput.Defined;
import io.weir.experiments.hop.UnitInput.Exposed;
import io.weir.experiments.hop.UnitInput.Judged;
import io.weir.experiments.hop.UnitInput.VisitorJudged;
import io.weir.experiments.unit.Conversion;
import io.weir.experiments.unit.Exposure;
import java.util.OptionalInt;

/**
 * The bytes of a {@link UnitInput} on the way to its task.
 *
 * <pre>
 * 1 byte        layout, 1
 * 1 byte        what it is: 1 exposed, 2 converted, 3 judged, 4 visitor judged, 5 defined
 * exposed       text experiment, text variant, signed time, text event id, 1 byte bot, text customer
 * converted     the conversion, text customer
 * judged        the verdict
 * visitor       text visitor, 1 byte invalid, signed time
 * defined       varint partition, signed since, the definition
 * </pre>
 *
 * One for each thread: it keeps its buffer.
 */
public final class UnitInputCodec {

    private static final int LAYOUT = 1;
    private static final int EXPOSED = 1;
    private static final int CONVERTED = 2;
    private static final int JUDGED = 3;
    private static final int VISITOR_JUDGED = 4;
    private static final int DEFINED = 5;

    private final ByteWriter out = new ByteWriter();

    /** The bytes of an input. */
    public byte[] encode(UnitInput input) {
        out.put(LAYOUT);
        if (input instanceof Exposed exposed) {
            Exposure exposure = exposed.exposure();
            out.put(EXPOSED).text(exposed.experiment()).text(exposure.variant());
            out.signed(exposure.at()).text(exposure.eventId());
            out.put(exposed.bot() ? 1 : 0).text(exposed.customer());
        } else if (input instanceof Converted converted) {
            out.put(CONVERTED);
            converted.conversion().write(out);
            out.text(converted.customer());
        } else if (input instanceof Judged judged) {
            out.put(JUDGED);
            Verdicts.NONE.with(judged.verdict()).write(out);
        } else if (input instanceof VisitorJudged judged) {
            out.put(VISITOR_JUDGED)
                    .text(judged.visitor())
                    .put(judged.invalid() ? 1 : 0)
                    .signed(judged.at());
        } else {
            Defined defined = (Defined) input;
            out.put(DEFINED).varint(defined.partition()).signed(defined.since());
            defined.definition().write(out);
        }
        return out.take();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalStateException if another build wrote it in a layout that this one does not know
     */
    public static UnitInput decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int layout = in.next();
        if (layout != LAYOUT) {
            throw new IllegalStateException("The internal topic of experiments has a record of layout " + layout
                    + ", expected " + LAYOUT + ": a newer build wrote it; run that build.");
        }
        return switch (in.next()) {
            case EXPOSED -> {
                String experiment = in.text();
                Exposure exposure = new Exposure(in.text(), in.signed(), in.text());
                yield new Exposed(experiment, exposure, in.next() != 0, in.text());
            }
            case CONVERTED -> new Converted(Conversion.read(in), in.text());
            case JUDGED -> new Judged(Verdicts.read(in).only());
            case VISITOR_JUDGED -> new VisitorJudged(in.text(), in.next() != 0, in.signed());
            default -> {
                int partition = in.count();
                long since = in.signed();
                yield new Defined(Definition.read(in), since, partition);
            }
        };
    }

    /** The partition that a definition is for; empty for anything else. */
    public static OptionalInt partition(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        in.next();
        return in.next() == DEFINED ? OptionalInt.of(in.count()) : OptionalInt.empty();
    }
}
