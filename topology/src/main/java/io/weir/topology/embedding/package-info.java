/** The settings of processes that bring their own broker and registry: the demo and the batch. */
package io.weir.topology.embedding;
