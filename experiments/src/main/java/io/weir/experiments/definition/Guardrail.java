package io.weir.experiments.definition;

/**
 * How much worse a metric may get.
 *
 * @param up whether more is better
 * @param margin that is borne, as a part of control's mean
 */
public record Guardrail(boolean up, double margin) {}
