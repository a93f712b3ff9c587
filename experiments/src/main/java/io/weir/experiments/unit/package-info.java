/**
 * A unit, a visitor or a customer: what it saw and did, and what of that counts. {@link io.weir.experiments.unit.Attribution}
 * is the rule; it knows neither stores nor topics.
 */
package io.weir.experiments.unit;
