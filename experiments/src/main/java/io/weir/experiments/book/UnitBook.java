package io.weir.experiments.book;

import io.weir.core.state.DueStore;
import io.weir.core.state.DueStore.Due;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.hop.UnitInput;
import io.weir.experiments.hop.UnitInput.Converted;
import io.weir.experiments.hop.UnitInput.Defined;
import io.weir.experiments.hop.UnitInput.Exposed;
import io.weir.experiments.hop.UnitInput.Judged;
import io.weir.experiments.hop.UnitInput.VisitorJudged;
import io.weir.experiments.total.Totals;
import io.weir.experiments.unit.Attribution;
import io.weir.experiments.unit.Contribution;
import io.weir.experiments.unit.Conversion;
import io.weir.experiments.unit.Unit;
import io.weir.schemas.EventKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The one writer of a task's units. Whatever a unit learns, what it added to its experiments before is taken out and what it
 * adds now is put in: the totals are those of the units as they are, in whatever order things came.
 */
public final class UnitBook {

    /** A unit that is only passed on to its customer is noted as seen so often: the retention is in days. */
    private static final long DAY = 24 * 3_600_000L;

    /** How often experiments are looked at whose time may be over: it is a matter of months. */
    private static final long BETWEEN_DEPARTURES = 3_600_000;

    private final boolean ofCustomers;
    private final ExperimentStore experiments;
    private final UnitStore units;
    private final TotalsStore totals;
    private final DueStore timers;
    private final Refiling refiling;
    private final Departures departures;
    private final Expiry expiry;
    private final BiConsumer<String, UnitInput> toCustomers;
    private final Set<String> changed = new LinkedHashSet<>();
    private long nextDepartures = Long.MIN_VALUE;

    /**
     * Opens the stores of a task.
     *
     * @param toCustomers takes what a customer's task is to be told, with the customer's id
     */
    public UnitBook(
            UnitRules rules,
            UnitStores stores,
            ProcessorContext<?, ?> context,
            BiConsumer<String, UnitInput> toCustomers) {
        this.ofCustomers = stores.ofCustomers();
        this.experiments = new ExperimentStore(context.getStateStore(stores.experiments()));
        this.units = new UnitStore(context.getStateStore(stores.units()));
        this.totals = new TotalsStore(context.getStateStore(stores.totals()));
        this.timers = new DueStore(context.getStateStore(stores.timers()));
        this.refiling = new Refiling(context.getStateStore(stores.progress()), units);
        this.departures = new Departures(context.getStateStore(stores.progress()));
        this.expiry = new Expiry(rules, experiments);
        this.toCustomers = toCustomers;
        // What was counted before a restart, and not passed on; passing on the same again changes nothing.
        this.changed.addAll(totals.experiments());
    }

    /** Whether it was never told of an experiment. */
    public boolean knowsNone() {
        return experiments.isEmpty();
    }

    /**
     * Takes an input.
     *
     * @param id of the unit; of a definition, anything
     * @param now milliseconds UTC; {@link Long#MIN_VALUE} while recorded input is read
     */
    public void take(String id, UnitInput input, long now) {
        takeIn(id, input, now);
        totals.keep();
    }

    private void takeIn(String id, UnitInput input, long now) {
        if (input instanceof Defined defined) {
            if (experiments.define(defined.definition(), defined.since())) {
                refiling.begin();
            }
        } else if (input instanceof Exposed exposed) {
            expose(id, exposed, now);
        } else if (input instanceof Converted converted) {
            convert(id, converted, now);
        } else if (input instanceof Judged judged) {
            judge(id, judged, now);
        } else {
            VisitorJudged judged = (VisitorJudged) input;
            Unit unit = unit(id);
            unit.visitor(judged.visitor(), judged.invalid(), judged.at());
            settle(id, unit, now);
        }
    }

    private Unit unit(String id) {
        Unit unit = units.get(id);
        departures.applyTo(unit);
        return unit;
    }

    private boolean isProvisional(String experiment) {
        return experiments.of(experiment).definition().provisional();
    }

    private void expose(String id, Exposed exposed, long now) {
        Definition definition = experiments.of(exposed.experiment()).definition();
        if (definition.provisional()
                && !totals.hasRoomFor(definition.id(), exposed.exposure().variant(), this::isProvisional)) {
            return;
        }
        if (!definition.provisional() && expiry.goneAt(definition, 0) <= now) {
            // Somebody shows it still: what was given out of it long ago is not to be followed by next to nothing.
            return;
        }
        reached(definition.id(), exposed.exposure().at());
        if (definition.ofCustomers() && !ofCustomers) {
            forward(id, exposed, now);
            return;
        }
        Unit unit = unit(id);
        unit.saw(definition, exposed.exposure(), exposed.bot());
        settle(id, unit, now);
    }

    /** An experiment on customers: the customer's task counts it, if it is known who it is. */
    private void forward(String visitor, Exposed exposed, long now) {
        if (exposed.customer() == null) {
            change(exposed.experiment()).unattributed();
            return;
        }
        Unit unit = unit(visitor);
        long seenBefore = unit.lastSeen();
        unit.seen(exposed.exposure().at());
        boolean isNews = unit.wasSeenAs(exposed.customer());
        if (isNews || unit.lastSeen() - seenBefore > DAY) {
            // Else one who comes daily would be forgotten, with the verdicts that a clearing must take back.
            settle(visitor, unit, now);
        }
        if (isNews) {
            if (unit.isInvalid()) {
                toCustomers.accept(
                        exposed.customer(),
                        new VisitorJudged(visitor, true, exposed.exposure().at()));
            }
        }
        toCustomers.accept(exposed.customer(), exposed);
    }

    private void convert(String id, Converted converted, long now) {
        Conversion conversion = converted.conversion();
        if (!ofCustomers && isMeasured(conversion, true)) {
            if (converted.customer() == null) {
                experiments
                        .ofCustomersCounting(conversion)
                        .forEach(experiment -> change(experiment).unattributed());
            } else {
                toCustomers.accept(converted.customer(), converted);
            }
        }
        // Purchases are what experiments without a definition look at, and one may begin with the next exposure.
        // What comes to a customer's task was wanted by the visitor's, which may know a definition earlier.
        if (!ofCustomers && conversion.kind() != EventKind.purchase && !isMeasured(conversion, false)) {
            return;
        }
        Unit unit = unit(id);
        if (unit.did(conversion)) {
            noteIfLate(unit, conversion);
        }
        unit.experiments().stream()
                .filter(experiment -> mayMatter(unit, experiment, conversion.at()))
                .forEach(experiment -> reached(experiment, conversion.at()));
        settle(id, unit, now);
    }

    /** What comes when a unit's values are sealed is known, and changes nothing: "why" says so. */
    private void noteIfLate(Unit unit, Conversion conversion) {
        unit.experiments().stream()
                .filter(unit::isSealed)
                .filter(experiment -> new Attribution(unit, experiments.of(experiment)).isMeasured(conversion))
                .forEach(experiment -> unit.cameLate(experiment, conversion.eventId()));
    }

    /** What a unit does after its last window is no sign of life of the experiment. */
    private boolean mayMatter(Unit unit, String experiment, long at) {
        Contribution counted = unit.contribution(experiment);
        long window = experiments.of(experiment).definition().longestWindow();
        return counted == null || at < counted.anchor() + window;
    }

    private boolean isMeasured(Conversion conversion, boolean byCustomers) {
        return experiments.anyCounts(byCustomers, conversion);
    }

    private void judge(String visitor, Judged judged, long now) {
        Unit unit = unit(visitor);
        boolean before = unit.isInvalid();
        unit.judged(judged.verdict());
        if (before != unit.isInvalid()) {
            for (String customer : unit.customers()) {
                long at = judged.verdict().decidedAt();
                toCustomers.accept(customer, new VisitorJudged(visitor, unit.isInvalid(), at));
            }
        }
        settle(visitor, unit, now);
    }

    private void reached(String experiment, long eventTime) {
        change(experiment).reached(eventTime);
    }

    private Totals change(String experiment) {
        changed.add(experiment);
        return totals.change(experiment);
    }

    /** Counts the unit as it is now, sets its timer, and keeps it. */
    private void settle(String id, Unit unit, long now) {
        count(unit, now);
        long next = expiry.nextLook(unit, now);
        if (next < Long.MAX_VALUE && (unit.lookAt() == 0 || next < unit.lookAt())) {
            unit.lookAt(Math.max(1, next));
            timers.set(unit.lookAt(), id);
        }
        units.put(id, unit);
    }

    /** Takes out of the totals what the unit added before, and puts in what it adds now. */
    private void count(Unit unit, long now) {
        for (String id : unit.experiments()) {
            Experiment experiment = experiments.of(id);
            Contribution before = unit.contribution(id);
            Contribution after = experiment.definition().ofCustomers() == ofCustomers
                    ? new Attribution(unit, experiment).contribution(now).orElse(null)
                    : null;
            if (Objects.equals(before, after)) {
                continue;
            }
            Totals sums = change(id);
            if (before != null) {
                sums.remove(before);
            }
            if (after != null) {
                sums.add(after);
            }
            unit.contributes(id, after);
        }
    }

    /**
     * Lets time go on: windows pass, what is old is forgotten, and units are counted anew by changed definitions.
     *
     * @param now milliseconds UTC
     * @param most so many units at once
     */
    public void advance(long now, int most) {
        for (Due due : timers.take(now + 1, most)) {
            Unit unit = unit(due.id());
            if (unit.lookAt() == due.at()) {
                unit.lookAt(0);
                // What is forgotten next must be counted, and matured, before.
                count(unit, now);
                expiry.apply(unit, now);
                settle(due.id(), unit, now);
            }
        }
        refiling.next(most).forEach(id -> settle(id, unit(id), now));
        if (refiling.isOver()) {
            departures.clear();
        }
        if (now >= nextDepartures) {
            // At the same time in all tasks: what is left of one without the others is no result.
            nextDepartures = (Math.floorDiv(now, BETWEEN_DEPARTURES) + 1) * BETWEEN_DEPARTURES;
            depart(now);
        }
        totals.keep();
    }

    /** Forgets experiments whose time is over. */
    private void depart(long now) {
        experiments.rest(definition -> expiry.isOver(definition, now));
        for (String id : List.copyOf(totals.experiments())) {
            long last = totals.of(id).asOf();
            if (expiry.goneAt(experiments.of(id).definition(), last) <= now) {
                departures.add(id, last);
                totals.forget(id);
                changed.add(id);
                refiling.begin();
            }
        }
    }

    /**
     * Brings everything up to date at the end of recorded input; nothing is forgotten.
     *
     * @param largestEventTime of the input, milliseconds UTC
     * @param most so many units at once
     * @return whether nothing is left
     */
    public boolean end(long largestEventTime, int most) {
        List<String> left = new ArrayList<>(refiling.next(most));
        timers.take(Long.MAX_VALUE, most).forEach(due -> left.add(due.id()));
        for (String id : left) {
            Unit unit = unit(id);
            count(unit, largestEventTime);
            units.put(id, unit);
        }
        totals.keep();
        return left.isEmpty();
    }

    /** Hands over the totals of the experiments that have changed since the last time; empty ones of those that are gone. */
    public void drain(BiConsumer<String, Totals> out) {
        List<String> all = new ArrayList<>(changed);
        changed.clear();
        all.forEach(experiment -> out.accept(experiment, totals.of(experiment)));
    }
}
