package io.weir.fraud.watch;

import io.weir.fraud.rule.Limit;

/**
 * That an event broke a rule.
 *
 * @param limit of the limits that it broke the one that allows least
 * @param first the first event that was counted for it, milliseconds UTC
 * @param until when the longest of the limits that it broke lets go of it, milliseconds UTC
 * @param total what was added up, where that is not the number of events; else 0
 */
record Breach(Limit limit, long first, long until, long total) {}
