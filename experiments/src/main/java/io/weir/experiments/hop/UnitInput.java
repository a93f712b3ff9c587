package io.weir.experiments.hop;

import io.weir.core.verdict.Verdict;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.unit.Conversion;
import io.weir.experiments.unit.Exposure;

/** What the one writer of a task's units takes in. */
public sealed interface UnitInput {

    /**
     * A unit saw a variant.
     *
     * @param experiment id
     * @param exposure of it
     * @param bot whether the event is a crawler's
     * @param customer as whom the visitor was known; null for nobody
     */
    record Exposed(String experiment, Exposure exposure, boolean bot, String customer) implements UnitInput {}

    /**
     * A unit did something.
     *
     * @param conversion what it did
     * @param customer as whom the visitor was known; null for nobody
     */
    record Converted(Conversion conversion, String customer) implements UnitInput {}

    /** A verdict on a visitor. */
    record Judged(Verdict verdict) implements UnitInput {}

    /**
     * A verdict stands, or does not stand any more, on a visitor through whom a customer was seen.
     *
     * @param visitor id
     * @param invalid whether one stands
     * @param at when that was found, milliseconds UTC
     */
    record VisitorJudged(String visitor, boolean invalid, long at) implements UnitInput {}

    /**
     * An experiment was defined.
     *
     * @param definition of it
     * @param since when its weights count, milliseconds UTC
     * @param partition of the task that is told
     */
    record Defined(Definition definition, long since, int partition) implements UnitInput {}
}
