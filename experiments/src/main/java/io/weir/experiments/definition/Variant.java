package io.weir.experiments.definition;

/**
 * A variant of an experiment.
 *
 * @param id as exposures name it
 * @param weight planned share, in proportion to the others' weights
 * @param control whether the others are compared with it
 */
public record Variant(String id, double weight, boolean control) {}
