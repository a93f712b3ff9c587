package io.weir.adspend.account;

import io.weir.adspend.budget.Budget;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Interactions of one minute and campaign, added up by {@link Line}. A line without interactions is not kept. */
final class MinuteSums {

    private final Map<Line, LineSum> lines = new HashMap<>();

    void add(Interaction interaction, boolean valid) {
        lines.merge(
                Line.of(interaction, valid),
                LineSum.ZERO.plus(ownMicros(interaction)),
                (known, one) -> known.plus(one.ownMicros()));
    }

    void remove(Interaction interaction, boolean valid) {
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

    /** Counts and prices before any cap. */
    Amounts price(String campaign, Optional<Budget> budget) {
        Amounts sum = Amounts.NONE;
        for (Map.Entry<Line, LineSum> entry : lines.entrySet()) {
            Line line = entry.getKey();
            Price price = entry.getValue().price(line, campaign, budget);
            Counts counts = Counts.of(line, entry.getValue().count(), price.source());
            sum = sum.plus(
                    line.valid()
                            ? new Amounts(counts, price.nanos(), 0, price.nanos())
                            : new Amounts(counts, 0, price.nanos(), 0));
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
}
