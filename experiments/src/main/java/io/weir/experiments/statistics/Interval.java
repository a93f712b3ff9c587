package io.weir.experiments.statistics;

/**
 * An interval that holds the true value, as often as was asked for.
 *
 * @param low its lower bound
 * @param high its upper bound
 */
public record Interval(double low, double high) {}
