/** Processes and connections that can be broken on purpose, for tests and benchmarks of what happens then. */
package io.weir.embedded.process;
