/**
 * What two samples say of each other: pure functions over sums. Floating point is for these alone; the sums that go in are
 * exact. Formulas and test vectors are those of GrowthBook's gbstats, PostHog, Spotify's confidence, Optimizely's ssrm and
 * Howard's confseq.
 */
package io.weir.experiments.statistics;
