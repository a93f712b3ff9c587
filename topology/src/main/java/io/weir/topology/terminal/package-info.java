/** What a person at a terminal sees. */
package io.weir.topology.terminal;
