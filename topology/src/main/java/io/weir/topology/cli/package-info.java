/** The command line: one class for each command. */
package io.weir.topology.cli;
