package io.weir.experiments.hop;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.total.Totals;

/**
 * What the one writer of an experiment's results takes in.
 *
 * <pre>
 * 1 byte        what it is: 1 totals, 2 defined
 * totals        text source, the totals
 * defined       signed since, the definition
 * </pre>
 */
public sealed interface ExperimentInput {

    /**
     * All that a task has added up of an experiment, since ever: the same again changes nothing.
     *
     * @param source the task
     * @param totals of it
     */
    record Added(String source, Totals totals) implements ExperimentInput {}

    /**
     * An experiment was defined.
     *
     * @param definition of it
     * @param since when its weights count, milliseconds UTC
     */
    record Defined(Definition definition, long since) implements ExperimentInput {}

    /** The bytes of a task's totals. */
    static byte[] added(String source, Totals totals, ByteWriter out) {
        byte[] encoded = totals.encode(out);
        return out.put(1).text(source).bytes(encoded).take();
    }

    /** The bytes of a definition. */
    static byte[] defined(Definition definition, long since, ByteWriter out) {
        out.put(2).signed(since);
        definition.write(out);
        return out.take();
    }

    /** Reads them. */
    static ExperimentInput decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.next() == 1) {
            return new Added(in.text(), Totals.decode(in));
        }
        long since = in.signed();
        return new Defined(Definition.read(in), since);
    }
}
