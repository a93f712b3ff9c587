package io.weir.fraud.rule;

/**
 * So much is allowed in so much time.
 *
 * @param moreThan what is above this breaks it
 * @param window milliseconds of event time; two events that are just so far apart are not in one window
 */
public record Limit(long moreThan, long window) {}
