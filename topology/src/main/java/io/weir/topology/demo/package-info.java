/** Everything in one process, over made-up traffic, for a first look. */
package io.weir.topology.demo;
