package io.weir.adspend.budget;

/**
 * A daily cap and since when.
 *
 * @param minute first minute it counts for, minutes since 1970 UTC
 * @param capMicros micros; null for no cap
 */
public record CapStep(long minute, Long capMicros) {}
