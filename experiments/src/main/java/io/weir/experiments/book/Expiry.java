package io.weir.experiments.book;

import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.unit.Contribution;
import io.weir.experiments.unit.Conversion;
import io.weir.experiments.unit.Unit;
import java.util.List;
import java.util.stream.Stream;

/** When time changes something about a unit, and what is forgotten then. */
final class Expiry {

    private final UnitRules rules;
    private final ExperimentStore experiments;

    Expiry(UnitRules rules, ExperimentStore experiments) {
        this.rules = rules;
        this.experiments = experiments;
    }

    /**
     * The next time after now at which something changes by the clock: a window passes, something is old.
     *
     * @param now milliseconds UTC
     * @return milliseconds UTC; {@link Long#MAX_VALUE} for never
     */
    long nextLook(Unit unit, long now) {
        Stream<Long> ofExperiments = unit.experiments().stream().flatMap(id -> times(unit, id));
        Stream<Long> ofUnit = Stream.of(goneAt(unit), oldestAt(unit));
        return Stream.concat(ofExperiments, ofUnit).filter(time -> time > now).reduce(Long.MAX_VALUE, Math::min);
    }

    private Stream<Long> times(Unit unit, String id) {
        Definition definition = experiments.of(id).definition();
        Contribution contribution = unit.contribution(id);
        Stream<Long> windows = contribution == null
                ? Stream.of()
                : definition.metrics().stream().map(Metric::window).map(window -> contribution.anchor() + window);
        Stream<Long> sealing = contribution == null ? Stream.of() : Stream.of(sealedAt(unit, definition, contribution));
        return Stream.of(windows, sealing, Stream.of(goneAt(definition))).flatMap(times -> times);
    }

    /** From then on nothing that a unit did can come, or count. */
    private long sealedAt(Unit unit, Definition definition, Contribution contribution) {
        long from = contribution.isAnchored()
                ? contribution.anchor()
                : Math.max(contribution.anchor(), unit.lastExposure(definition.id()));
        return later(from + definition.longestWindow(), rules.latenessMillis());
    }

    /**
     * From then on a defined experiment is of no use: so long after nothing can change about it as units are remembered. Until then what
     * its units added is kept with the totals: if its end is moved, who comes back must not count twice.
     */
    private long goneAt(Definition definition) {
        long nothingChanges = later(later(definition.endedAt(), definition.longestWindow()), rules.latenessMillis());
        return later(nothingChanges, rules.retentionMillis());
    }

    /** Whether a definition has no say any more in what is kept. */
    boolean isOver(Definition definition, long now) {
        return goneAt(definition) <= now;
    }

    /**
     * From then on the totals of an experiment are of no use. Of one that nobody defined the end is not known, only when it was seen last.
     *
     * @param largestEventTime of its events, milliseconds UTC
     * @return milliseconds UTC
     */
    long goneAt(Definition definition, long largestEventTime) {
        return definition.provisional()
                ? later(largestEventTime, Math.max(rules.retentionMillis(), keptMillis()))
                : goneAt(definition);
    }

    /** Until then the oldest thing that the unit did may count. */
    private long oldestAt(Unit unit) {
        List<Conversion> done = unit.conversions();
        return done.isEmpty() ? Long.MAX_VALUE : later(later(done.get(0).at(), keptMillis()), 1);
    }

    private long goneAt(Unit unit) {
        return later(unit.lastSeen(), Math.max(rules.retentionMillis(), keptMillis()));
    }

    private long keptMillis() {
        return later(experiments.longestWindow(), rules.latenessMillis());
    }

    private static long later(long time, long millis) {
        long sum = time + millis;
        return millis > 0 && sum < time ? Long.MAX_VALUE : sum;
    }

    /** Forgets what is too old to matter by now, milliseconds UTC; what it added stays in the totals. */
    void apply(Unit unit, long now) {
        if (goneAt(unit) <= now) {
            unit.forget();
            return;
        }
        for (String id : List.copyOf(unit.experiments())) {
            Definition definition = experiments.of(id).definition();
            Contribution contribution = unit.contribution(id);
            if (goneAt(definition) <= now) {
                unit.forget(id);
            } else if (contribution != null && sealedAt(unit, definition, contribution) <= now) {
                unit.seal(id);
            }
        }
        unit.forgetBefore(now - keptMillis());
    }
}
