package io.weir.experiments.book;

/**
 * What a deployment decides of units.
 *
 * @param latenessMillis nothing comes later than this
 * @param retentionMillis a unit that was not seen for so long is forgotten; what it added stays
 */
public record UnitRules(long latenessMillis, long retentionMillis) {}
