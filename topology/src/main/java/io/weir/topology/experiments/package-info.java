/** The file in which experiments are written: what it says as records, and each of them in a line. */
package io.weir.topology.experiments;
