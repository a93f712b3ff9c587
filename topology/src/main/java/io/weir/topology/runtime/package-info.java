/** Runs features as Kafka Streams applications of their own, and the service around them. */
package io.weir.topology.runtime;
