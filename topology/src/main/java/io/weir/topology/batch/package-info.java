/** The whole pipeline over recorded events, on an embedded broker, to the end. */
package io.weir.topology.batch;
