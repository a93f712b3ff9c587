/**
 * A real Kafka broker inside the JVM, for {@code demo}, {@code batch}, integration tests and benchmarks: {@link
 * io.weir.embedded.EmbeddedBroker} in the caller's JVM, {@link io.weir.embedded.BrokerProcess} in one of its own.
 */
package io.weir.embedded;
