package io.weir.adspend.account;

import io.weir.adspend.budget.Budget;
import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.bytes.EnumCodes;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Interactions of one minute and campaign, added up by {@link Line}. A line without interactions is not kept.
 *
 * <pre>
 * varint      number of lines, then for each, in their order:
 * 1 byte      kind (bits 0-1), valid (4), price of its own (8)
 * text        currency
 * 2 varints   number of interactions, sum of their own prices in micros
 * </pre>
 */
public final class MinuteSums {

    private static final EnumCodes<InteractionKind> KINDS = InteractionKind.CODES;
    private static final int KIND = 3;
    private static final int VALID = 4;
    private static final int OWN_PRICE = 8;

    /** The same sums are the same bytes, whatever the order in which they came. */
    private static final Comparator<Line> ORDER = Comparator.comparing(Line::kind)
            .thenComparing(Line::valid)
            .thenComparing(Line::ownPrice)
            .thenComparing(Line::currency, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final SortedMap<Line, LineSum> lines = new TreeMap<>(ORDER);

    /** Adds an interaction of the minute. */
    public void add(Interaction interaction, boolean valid) {
        lines.merge(
                Line.of(interaction, valid),
                LineSum.ZERO.plus(ownMicros(interaction)),
                (known, one) -> known.plus(one.ownMicros()));
    }

    /**
     * Takes an interaction out again.
     *
     * @throws IllegalStateException if no such interaction is counted
     */
    public void remove(Interaction interaction, boolean valid) {
        Line line = Line.of(interaction, valid);
        LineSum known = lines.get(line);
        long micros = ownMicros(interaction);
        if (known == null || known.ownMicros() < micros) {
            throw new IllegalStateException(
                    "Event " + interaction.eventId() + " is not counted as " + (valid ? "valid" : "invalid"));
        }
        LineSum left = known.minus(micros);
        if (left.count() == 0) {
            lines.remove(line);
        } else {
            lines.put(line, left);
        }
    }

    private static long ownMicros(Interaction interaction) {
        return interaction.priceMicros() == null ? 0 : interaction.priceMicros();
    }

    int size() {
        return lines.size();
    }

    /** Number of interactions. */
    public long count() {
        return lines.values().stream().mapToLong(LineSum::count).sum();
    }

    /**
     * Counts and prices before any cap.
     *
     * @param campaign of all of them; may be null
     * @param budget that counts in the minute
     */
    public Amounts price(String campaign, Optional<Budget> budget) {
        Amounts sum = Amounts.NONE;
        for (Map.Entry<Line, LineSum> entry : lines.entrySet()) {
            Line line = entry.getKey();
            Price price = entry.getValue().price(line, campaign, budget);
            sum = sum.plus(Amounts.of(line, entry.getValue().count(), price));
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MinuteSums that && lines.equals(that.lines);
    }

    @Override
    public int hashCode() {
        return lines.hashCode();
    }

    /** Writes the sums. */
    public void write(ByteWriter out) {
        out.varint(lines.size());
        lines.forEach((line, sum) -> {
            out.put(KINDS.of(line.kind()) | (line.valid() ? VALID : 0) | (line.ownPrice() ? OWN_PRICE : 0));
            out.text(line.currency()).varint(sum.count()).varint(sum.ownMicros());
        });
    }

    /** Reads what {@link #write} wrote. */
    public static MinuteSums read(ByteReader in) {
        MinuteSums sums = new MinuteSums();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            int head = in.next();
            Line line = new Line(KINDS.constant(head & KIND), (head & VALID) != 0, (head & OWN_PRICE) != 0, in.text());
            sums.lines.put(line, new LineSum(in.varint(), in.varint()));
        }
        return sums;
    }
}
