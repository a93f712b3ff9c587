/** Measurements of whole features against a broker in a process of its own. */
package io.weir.benchmarks;
