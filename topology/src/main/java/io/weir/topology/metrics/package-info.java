/** What the service counts, in the form Prometheus reads. */
package io.weir.topology.metrics;
