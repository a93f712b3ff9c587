package io.weir.traffic;

import java.util.List;

/**
 * An experiment that runs in the shop, unit visitor, and what is true of it.
 *
 * @param id as in {@code experiment_id}
 * @param target what the variants change
 * @param variants the first is the control
 */
public record Experiment(String id, Target target, List<Variant> variants) {

    /** What an experiment changes. */
    public enum Target {
        /** The probability that a visitor who saw the variant completes that checkout. */
        CHECKOUT_COMPLETION,
        /** The amount of an order. */
        ORDER_AMOUNT,
        /** Nothing: an A/A experiment. */
        NOTHING
    }

    /**
     * A variant.
     *
     * @param weight share of visitors who get it, relative to the other variants' weights
     * @param relativeEffect on the target, against the control: 0.2 is a fifth more
     */
    public record Variant(String id, int weight, double relativeEffect) {}

    /** The variant that a visitor always gets: a function of visitor and experiment alone. */
    public Variant variantOf(String visitorId) {
        long point = Math.floorMod(Rng.hash(Hashing.of(id), Hashing.of(visitorId)), (long)
                variants.stream().mapToInt(Variant::weight).sum());
        for (Variant variant : variants) {
            point -= variant.weight();
            if (point < 0) {
                return variant;
            }
        }
        throw new IllegalStateException("experiment " + id + ": expected variants with weights, found " + variants);
    }
}
