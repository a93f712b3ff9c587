/**
 * Single steps of an event's way, by JMH: what each costs on one thread, without Kafka and without a store. {@link
 * io.weir.benchmarks.steps.StepBenchmarks} runs them all.
 */
package io.weir.benchmarks.steps;
